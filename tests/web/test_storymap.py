"""The drawing of a map."""

from xml.etree import ElementTree

from tests.scenarios.small import TEXT
from training.scenarios.reader import read
from training.scenarios.storymap import StoryMap, story_map
from training.web.storymap import drawing

SCRIPT = read(TEXT, "f").script


def parsed(found: StoryMap, faulty: frozenset[str] = frozenset()) -> ElementTree.Element:
    return ElementTree.fromstring(str(drawing(found, title="Late", faulty=faulty)))


def test_every_place_is_a_link_with_a_name_and_stands_inside_the_drawing() -> None:
    svg = parsed(story_map(SCRIPT))
    links = [(a.get("href"), a.get("aria-label")) for a in svg.iter("a")]
    assert links[1] == ("#at-arrive", "arrive: She asks")
    assert len(links) == 6
    width, height = (int(it) for it in svg.get("viewBox", "").split()[2:])
    for box in svg.iter("rect"):
        assert 0 <= int(box.get("x", "")) <= width - int(box.get("width", ""))
        assert 0 <= int(box.get("y", "")) <= height - int(box.get("height", ""))


def test_two_replies_to_one_scene_are_one_line_and_the_strongest_is_marked() -> None:
    lines = [path.get("class") for path in parsed(story_map(SCRIPT)).iter("path")]
    assert len(lines) == 5
    assert lines.count("map-best") == 2


def test_a_place_with_a_fault_is_marked_by_more_than_its_colour() -> None:
    boxes = [r.get("class", "") for r in parsed(story_map(SCRIPT), frozenset({"ask"})).iter("rect")]
    assert [("map-faulty" in box) for box in boxes].count(True) == 1


def test_a_title_is_escaped_and_cut_to_its_box() -> None:
    text = TEXT.replace(
        "title: She asks", 'title: "<b>She</b> asks for the third time this morning"'
    )
    svg = parsed(story_map(read(text, "f").script))
    lines = [text.text or "" for text in svg.iter("text")]
    assert all(len(line) <= 21 for line in lines)
    assert any("<b>She</b>" in line for line in lines)
    assert any(line.endswith("…") for line in lines)


def test_a_loop_is_drawn_too() -> None:
    looped = read(TEXT.replace("next: settle", "next: arrive", 1), "f").script
    assert len(list(parsed(story_map(looped)).iter("path"))) == 6
