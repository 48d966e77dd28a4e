"""Which language an answer is in, told from its short words and its script.

    detect(["la", "enfermera", "fue", "muy", "amable"])   →   "es"
    detect(["lovely", "staff"])                           →   "en"

Only sure enough to keep what is not English from being scored as if it were: a person reads it.
Unknown languages are "und"; answers of one or two words count as English unless their script or
letters say otherwise.
"""

import unicodedata
from collections.abc import Mapping, Sequence

_SCRIPTS = {
    "ARABIC": "ar", "CYRILLIC": "ru", "CJK": "zh", "HIRAGANA": "ja", "KATAKANA": "ja",
    "HANGUL": "ko", "DEVANAGARI": "hi", "BENGALI": "bn", "GURMUKHI": "pa", "GUJARATI": "gu",
    "TAMIL": "ta", "TELUGU": "te", "GREEK": "el", "HEBREW": "he", "THAI": "th", "ARMENIAN": "hy",
    "GEORGIAN": "ka", "ETHIOPIC": "am", "SINHALA": "si", "KHMER": "km", "MYANMAR": "my",
    "MALAYALAM": "ml", "KANNADA": "kn", "LAO": "lo", "TIBETAN": "bo",
}  # fmt: skip
_LETTERS_OF = {
    "ar": (("fa", "پچژگ"), ("ur", "ٹڈڑںے")),
    "ru": (("uk", "іїєґ"),),
}
_LEAST = 3  # foreign short words that prove something
_SAMPLE = 400  # words looked at


def detect(words: Sequence[str], common: Mapping[str, frozenset[str]]) -> str:
    """Return the ISO code of the language of some lower-case words; `common` is the table."""
    sample = [word for word in words[:_SAMPLE] if word.isalpha() or any(map(str.isalpha, word))]
    letters = "".join(sample)
    plain = letters.isascii()
    script = None if plain else _script(letters)
    if script:
        return script
    counts = {
        code: 0 if known.isdisjoint(sample) else sum(map(known.__contains__, sample))
        for code, known in common.items()
    }
    english = counts.pop("en", 0)
    best = max(counts, key=lambda code: counts[code], default="und")
    foreign = counts.get(best, 0)
    accented = 0 if plain else sum(not word.isascii() for word in sample)
    if foreign >= _LEAST and foreign > 1.5 * english and foreign >= 0.2 * len(sample):
        return best
    if foreign > 0 and english == 0 and accented and len(sample) <= 6:
        return best
    if (
        len(sample) >= 6
        and english == 0
        and (accented >= 2 or (foreign == 0 and len(sample) >= 12))
    ):
        return best if foreign else "und"
    return "en"


def _script(letters: str) -> str | None:
    """Return the language a script stands for, where most letters are not Latin."""
    counts: dict[str, int] = {}
    total = 0
    for letter in letters[:1000]:
        if letter.isascii():
            total += 1
            continue
        if not letter.isalpha():
            continue
        total += 1
        script = unicodedata.name(letter, "").split(" ")[0].split("-")[0]
        if script in _SCRIPTS:
            code = _SCRIPTS[script]
            counts[code] = counts.get(code, 0) + 1
    if not counts or sum(counts.values()) <= total / 2:
        return None
    best = "ja" if "ja" in counts else max(counts, key=lambda code: counts[code])
    for code, signs in _LETTERS_OF.get(best, ()):
        if any(sign in letters for sign in signs):
            return code
    return best
