"""A conversation of two decisions, small enough to follow by hand."""

TEXT = """\
format: bedside-scenario/1
slug: late
version: 1
language: en
title: Late
roles: [receptionist]
stage: assessment
channel: in_person
skills: [empathy, keeping_informed]
minutes: 2
patient:
  name: Ms Reyes
  about: "40, waiting"
  portrait: {skin: olive, hair: bob, hair_colour: black, clothes: navy}
brief: "The clinic is late."
aim: "Tell her the truth."
state:
  trust: {start: 40, min: 0, max: 100}
  told: {start: false}
start: door
scenes:
  door:
    routes: [{next: arrive}]
  arrive:
    title: She asks
    setting: "The desk."
    mood: tense
    says: "Has everyone forgotten me?"
    thought: "Nobody looked up."
    hint: "What does she need first?"
    choices:
      - id: seen
        say: "Fifty minutes is long, and I'm sorry."
        credit: {empathy: 1, keeping_informed: 0.67}
        effect: {trust: +20}
        patient_reacts: "She looks up."
        why: "You noticed."
        next: ask
      - id: busy
        say: "We are busy."
        credit: {keeping_informed: 0.33}
        effect: {trust: -50}
        patient_reacts: "She turns away."
        why: "It is about you."
        next: ask
  ask:
    title: How long
    mood: guarded
    says: "How long?"
    thought: "Tell me."
    hint: "The truth?"
    variants:
      - {if: "trust <= 10", mood: angry, says: "Well? How long?"}
    choices:
      - id: half_hour
        say: "Half an hour, perhaps more."
        credit: {keeping_informed: 1}
        effect: {trust: +10, told: true}
        patient_reacts: "She nods."
        why: "A number."
        next: settle
      - id: soon
        say: "Soon."
        credit: {keeping_informed: 0}
        effect: {trust: 0}
        patient_reacts: "She waits."
        why: "No number."
        next: settle
  settle:
    routes:
      - {if: "trust >= 60 and told", next: good}
      - {next: left}
endings:
  good: {outcome: good, title: She stayed, mood: at_ease, says: "Thank you.", text: "She waited."}
  left: {outcome: poor, title: She left, mood: upset, text: "She went home."}
debrief: {ask: "Which sentence?", plan: "When ___, I will ___."}
key: {by: author}
sources: []
"""
