"""A patient's portrait, drawn as SVG from parts: skin, hair, clothes, glasses, and a mood.

    portrait(Portrait(skin="dark", hair="curls", …), Mood.TENSE)  ──▸  '<svg class="portrait" …'

Purely decorative: every drawing is hidden from screen readers, and words say the mood beside it.
No style attribute and no script, so that the strictest content security policy lets it pass.
"""

from collections.abc import Mapping

from training.scenarios.script import Mood, Portrait

# Skin: the face, and the shade of neck and ears.
_SKIN: Mapping[str, tuple[str, str]] = {
    "pale": ("#f2d3c0", "#e0b9a2"),
    "light": ("#e8bd9f", "#d3a283"),
    "olive": ("#cf9f73", "#b98859"),
    "tan": ("#b98054", "#a16b42"),
    "brown": ("#9c6442", "#7c4a2f"),
    "dark": ("#74452d", "#5a3320"),
}
_DARK_SKIN = {"brown", "dark"}
# Hair: the mass behind the head, and the lighter strands on the forehead.
_HAIR: Mapping[str, tuple[str, str]] = {
    "black": ("#26201f", "#38302e"),
    "brown": ("#4f3424", "#654530"),
    "auburn": ("#7a3b20", "#93502f"),
    "fair": ("#c79a53", "#d9b06c"),
    "grey": ("#9aa1a8", "#b4bac1"),
    "white": ("#c3c8cd", "#dde1e4"),
    "plum": ("#5b3a66", "#70497c"),
    "teal": ("#1d6670", "#2a7b86"),
}
# Clothes: the garment, and the ground behind the head that sets it off.
_CLOTHES: Mapping[str, tuple[str, str]] = {
    "teal": ("#0c5963", "#fbd9c6"),
    "coral": ("#b3481b", "#d7ebee"),
    "lilac": ("#5c4a8a", "#f7e6c4"),
    "navy": ("#27406b", "#fbd9c6"),
    "moss": ("#47613a", "#e6e1f5"),
    "sand": ("#8c6d42", "#d7ebee"),
}
_BACK_HAIR: Mapping[str, str] = {
    "bald": "",
    "short": '<path d="M53 100c-4-42 18-64 47-64s51 22 47 64l-8-20H61z"/>',
    "curls": (
        '<circle cx="62" cy="80" r="21"/><circle cx="70" cy="56" r="21"/>'
        '<circle cx="90" cy="43" r="22"/><circle cx="114" cy="43" r="22"/>'
        '<circle cx="133" cy="57" r="20"/><circle cx="139" cy="80" r="20"/>'
        '<circle cx="58" cy="99" r="14"/><circle cx="142" cy="99" r="14"/>'
    ),
    "bob": '<path d="M48 132c-8-64 10-96 52-96s60 32 52 96q-10 8-22 6V80H70v58q-12 2-22-6z"/>',
    "long": '<path d="M44 172c-8-92 8-136 56-136s64 44 56 136q-14 6-28 2V80H72v94q-14 4-28-2z"/>',
    "bun": (
        '<circle cx="100" cy="28" r="19"/>'
        '<path d="M53 102c-4-44 18-62 47-62s51 18 47 62l-8-22H61z"/>'
    ),
    "headscarf": '<path d="M42 150c-10-76 14-116 58-116s68 40 58 116q-26 26-58 26t-58-26z"/>',
}
_FRONT_HAIR: Mapping[str, str] = {
    "bald": "",
    "short": '<path d="M58 86c0-26 18-38 44-38 24 0 40 12 41 38-8-10-16-16-26-18-22 8-44 8-59 18z"/>',
    "curls": (
        '<circle cx="72" cy="66" r="14"/><circle cx="88" cy="57" r="14"/>'
        '<circle cx="105" cy="55" r="14"/><circle cx="121" cy="60" r="13"/>'
        '<circle cx="132" cy="71" r="10"/>'
    ),
    "bob": '<path d="M58 92c-2-30 16-46 42-46s44 16 42 46q-6-20-20-26-20 14-46 12-12 2-18 14z"/>',
    "long": '<path d="M58 96c-2-34 16-50 42-50s44 16 42 50q-8-28-42-38-34 10-42 38z"/>',
    "bun": '<path d="M58 88c2-26 18-40 42-40s40 14 42 40q-10-22-42-24-32 2-42 24z"/>',
    "headscarf": (
        '<path d="M54 108c-4-38 14-62 46-62s50 24 46 62q-6-38-46-42-40 4-46 42z"/>'
        '<path d="M58 132q42 46 84 0l8 24q-50 34-100 0z"/>'
    ),
}
_BROWS: Mapping[Mood, str] = {
    Mood.ANGRY: "M67 80l23 7M133 80l-23 7",
    Mood.UPSET: "M67 87l23-9M133 87l-23-9",
    Mood.WORRIED: "M67 84l23-5M133 84l-23-5",
    Mood.TENSE: "M67 82l23 3M133 82l-23 3",
    Mood.GUARDED: "M67 81h23M133 81h-23",
    Mood.CALMER: "M67 83q12-8 24-2M133 83q-12-8-24-2",
    Mood.AT_EASE: "M67 83q12-8 24-2M133 83q-12-8-24-2",
}
_MOUTH: Mapping[Mood, str] = {
    Mood.ANGRY: "M86 133q14-9 28 0",
    Mood.UPSET: "M85 134q15-13 30 0",
    Mood.WORRIED: "M87 131q13-7 26 0",
    Mood.TENSE: "M87 130q13-4 26 0",
    Mood.GUARDED: "M88 129h24",
    Mood.CALMER: "M86 127q14 9 28 0",
    Mood.AT_EASE: "M83 125q17 17 34 0",
}


def portrait(spec: Portrait, mood: Mood) -> str:
    """The SVG markup of a patient in a mood: constant parts only, so it is safe to mark as such."""
    parts = (
        _body(spec),
        _group(_BACK_HAIR[spec.hair], _HAIR[spec.hair_colour][0]),
        _head(spec),
        _group(_FRONT_HAIR[spec.hair], _HAIR[spec.hair_colour][1]),
        _beard(spec),
        _face(spec, mood),
    )
    return (
        '<svg class="portrait" viewBox="0 0 200 200" aria-hidden="true" focusable="false">'
        f"{''.join(parts)}</svg>"
    )


def _body(spec: Portrait) -> str:
    garment, ground = _CLOTHES[spec.clothes]
    return (
        f'<circle cx="100" cy="100" r="100" fill="{ground}"/>'
        f'<path d="M22 200c2-40 34-56 78-56s76 16 78 56z" fill="{garment}"/>'
        '<path d="M76 147l24 32 24-32c-8-2-16-3-24-3s-16 1-24 3z" fill="#fff4d6"/>'
    )


def _head(spec: Portrait) -> str:
    face, shade = _SKIN[spec.skin]
    ears = (
        ""
        if spec.hair == "headscarf"
        else (
            f'<g fill="{shade}"><ellipse cx="60" cy="104" rx="7" ry="10"/>'
            '<ellipse cx="140" cy="104" rx="7" ry="10"/></g>'
        )
    )
    return (
        f'<path d="M84 118h32v26c0 10-7 17-16 17s-16-7-16-17z" fill="{shade}"/>{ears}'
        '<path d="M100 52c26 0 41 19 41 46 0 30-18 49-41 49s-41-19-41-49c0-27 15-46 41-46z" '
        f'fill="{face}"/>'
        '<g fill="#c2521f" opacity=".22"><ellipse cx="74" cy="120" rx="9" ry="6"/>'
        '<ellipse cx="126" cy="120" rx="9" ry="6"/></g>'
    )


def _beard(spec: Portrait) -> str:
    if not spec.beard:
        return ""
    shape = '<path d="M60 108q4 42 40 46 36-4 40-46-4 10-14 10-26-8-52 0-10 0-14-10z"/>'
    return _group(shape, _HAIR[spec.hair_colour][0])


def _face(spec: Portrait, mood: Mood) -> str:
    line = "#3b2418" if spec.skin not in _DARK_SKIN else "#20130d"
    nose = _SKIN[spec.skin][1] if spec.skin not in _DARK_SKIN else "#4a2817"
    mouth = "#7a3a2c" if spec.skin not in _DARK_SKIN else "#3a1a12"
    return (
        '<circle cx="80" cy="101" r="3.8" fill="#20130d"/>'
        '<circle cx="120" cy="101" r="3.8" fill="#20130d"/>'
        f"{_glasses(spec)}{_lines(spec)}"
        f"{_stroke('M99 104q-5 11 0 14q4 1 6-1', nose, 2.6)}"
        f"{_stroke(_BROWS[mood], line, 4.2)}{_stroke(_MOUTH[mood], mouth, 4.2)}"
    )


def _glasses(spec: Portrait) -> str:
    if not spec.glasses:
        return ""
    return (
        '<g fill="#fff" fill-opacity=".16" stroke="#2a1a12" stroke-width="3">'
        '<rect x="65" y="89" width="30" height="24" rx="11"/>'
        '<rect x="105" y="89" width="30" height="24" rx="11"/>'
        '<path d="M95 98q5-4 10 0" fill="none"/></g>'
    )


def _lines(spec: Portrait) -> str:
    if not spec.older:
        return ""
    shade = _SKIN[spec.skin][1]
    return _stroke("M80 70q20-5 40 0M76 118q-4 8-2 15M124 118q4 8 2 15", shade, 2)


def _group(shapes: str, fill: str) -> str:
    return f'<g fill="{fill}">{shapes}</g>' if shapes else ""


def _stroke(path: str, colour: str, width: float) -> str:
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}" '
        'stroke-linecap="round"/>'
    )
