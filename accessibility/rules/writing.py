"""Scripts, lengths and words of text, with Thai counted as Thai.

Thai writes sentences without spaces, so nothing here counts words in it; and its vowels and tone
marks stand above and below a letter, so lengths count what takes a place on the line.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal


def words(text: str, separator: str | None = None) -> frozenset[str]:
    """A vocabulary written as one text: its words, or its terms between separators."""
    return frozenset(term.strip() for term in text.split(separator))


#: Script: (characters of a class in a regular expression, ISO 15924 code, languages written in it)
_SCRIPTS = {
    "Thai": ("\u0e01-\u0e3a\u0e40-\u0e5b", "th pi sa nod tts sou kxm mfa"),
    "Laoo": ("\u0e81-\u0edf", "lo"),
    "Khmr": ("\u1780-\u17ff", "km"),
    "Mymr": ("\u1000-\u109f", "my shn ksw kjp mnw pi"),
    "Hans": ("\u3400-\u4dbf\u4e00-\u9fff", "zh ja ko yue wuu nan hak lzh"),
    "Kana": ("\u3041-\u30ff", "ja"),
    "Hang": ("\u1100-\u11ff\uac00-\ud7af", "ko"),
    "Arab": ("\u0600-\u06ff\u0750-\u077f", "ar fa ur ps ku ckb sd ug ms pa ks dv"),
    "Hebr": ("\u0590-\u05ff", "he yi lad"),
    "Cyrl": ("\u0400-\u04ff", "ru uk bg sr mk be kk ky mn tg tt ba cv uz az bs ro ce os"),
    "Deva": ("\u0900-\u097f", "hi mr ne sa kok mai bho sd ks pi"),
    "Beng": ("\u0980-\u09ff", "bn as mni"),
    "Taml": ("\u0b80-\u0bff", "ta"),
    "Grek": ("\u0370-\u03ff", "el grc"),
}
#: Languages that are not written in Latin letters.
_NOT_LATIN = words(
    "am ar as be bg bn bo ckb dv dz el fa grc gu he hi hy ja ka km kn ko kok ky lo lzh mai mk ml "
    "mn mr my ne or pa pi ps ru sa sd shn si ta te tg th ti ug uk ur yi yue zh"
)
#: Codes of ISO 639-2 for which BCP 47 has two letters.
SHORT_CODES = dict(
    pair.split(":")
    for pair in words(
        "aar:aa abk:ab afr:af aka:ak alb:sq amh:am ara:ar arg:an arm:hy asm:as ava:av ave:ae "
        "aym:ay aze:az bak:ba bam:bm baq:eu bel:be ben:bn bih:bh bis:bi bod:bo bos:bs bre:br "
        "bul:bg bur:my cat:ca ces:cs cha:ch che:ce chi:zh chu:cu chv:cv cor:kw cos:co cre:cr "
        "cym:cy cze:cs dan:da deu:de div:dv dut:nl dzo:dz ell:el eng:en epo:eo est:et eus:eu "
        "ewe:ee fao:fo fas:fa fij:fj fin:fi fra:fr fre:fr fry:fy ful:ff geo:ka ger:de gla:gd "
        "gle:ga glg:gl glv:gv gre:el grn:gn guj:gu hat:ht hau:ha heb:he her:hz hin:hi hmo:ho "
        "hrv:hr hun:hu hye:hy ibo:ig ice:is ido:io iii:ii iku:iu ile:ie ina:ia ind:id ipk:ik "
        "isl:is ita:it jav:jv jpn:ja kal:kl kan:kn kas:ks kat:ka kau:kr kaz:kk khm:km kik:ki "
        "kin:rw kir:ky kom:kv kon:kg kor:ko kua:kj kur:ku lao:lo lat:la lav:lv lim:li lin:ln "
        "lit:lt ltz:lb lub:lu lug:lg mac:mk mah:mh mal:ml mao:mi mar:mr may:ms mkd:mk mlg:mg "
        "mlt:mt mon:mn mri:mi msa:ms mya:my nau:na nav:nv nbl:nr nde:nd ndo:ng nep:ne nld:nl "
        "nno:nn nob:nb nor:no nya:ny oci:oc oji:oj ori:or orm:om oss:os pan:pa per:fa pli:pi "
        "pol:pl por:pt pus:ps que:qu roh:rm ron:ro rum:ro run:rn rus:ru sag:sg san:sa sin:si "
        "slk:sk slo:sk slv:sl sme:se smo:sm sna:sn snd:sd som:so sot:st spa:es sqi:sq srd:sc "
        "srp:sr ssw:ss sun:su swa:sw swe:sv tah:ty tam:ta tat:tt tel:te tgk:tg tgl:tl tha:th "
        "tib:bo tir:ti ton:to tsn:tn tso:ts tuk:tk tur:tr twi:tw uig:ug ukr:uk urd:ur uzb:uz "
        "ven:ve vie:vi vol:vo wel:cy wln:wa wol:wo xho:xh yid:yi yor:yo zha:za zho:zh zul:zu"
    )
)
#: Codes of two letters that BCP 47 has replaced, and still has.
FORMER_CODES = {"in": "id", "iw": "he", "ji": "yi", "jw": "jv", "mo": "ro"}
_NO_LANGUAGE = frozenset(("", "und", "zxx", "mul", "mis"))
#: Letters from which a stretch of another script is a sentence and no longer a name.
_SENTENCE_LETTERS = {"Hans": 10, "Kana": 10, "Hang": 10}

_LETTER = re.compile(r"[^\W\d_]")
_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f'’-]*")
#: Addresses, file names, handles and hashtags belong to no language.
_TOKEN = re.compile(r"[!-~]+")
_NO_WORDS = re.compile(r"www\..*|#\w.*|\(?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}(?:/.*)?[).,;:]*", re.I)
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LATIN_RUN = re.compile(r"[A-Za-z\u00c0-\u024f](?:[A-Za-z\u00c0-\u024f\d]|[^\w\x00])*")
#: Small words that only a running English text has.
_FUNCTION_WORDS = words(
    "a an and are as at be by can for from had has have he in is it its must not of on or our she "
    "shall should that the their they this to was we were which will with you your"
)

#: Those of them that no name has, be it ever so long.
_SAYING_WORDS = words(
    "are be can had has have he is must not shall she should that they this was we were will you"
)
#: Those that speak to the reader, be the text ever so short; "US" is a country.
_ADDRESSING = words("our us Us we you your")
_LEAST_ENTITLED = 5
_LEAST_SAID = 6
_SURELY_SAID = 10

Extent = Literal["sentence", "phrase", "title"]


def length(text: str) -> int:
    """Characters that take a place on the line: marks above and below are not counted."""
    return sum(not unicodedata.category(character).startswith("M") for character in text)


def language_code(tag: str) -> str:
    """The language of a BCP 47 tag, by its two letters of today, also for "tha" and "iw"."""
    code = tag.lower().split("-")[0]
    return SHORT_CODES.get(code) or FORMER_CODES.get(code, code)


def has_word(text: str) -> bool:
    """Whether there is a letter or a digit of any script in the text."""
    return any(character.isalnum() for character in text)


def says_something(text: str) -> bool:
    """Whether a screen reader says more than nothing or the name of a punctuation mark."""
    return any(
        character.isalnum()
        or (unicodedata.category(character).startswith("S") and character not in "=|~^<>`¯")
        for character in text
    )


@lru_cache(maxsize=1024)
def foreign_parts(text: str, lang: str, whole: bool) -> tuple[tuple[Extent, str], ...]:
    """Stretches of the text in a script that its language is not written in.

    A "sentence" is too long for a name; a "phrase" may be a name or a term; a "title" is written
    like a long name. `whole` says that the text is all of its block. Only scripts are told apart:
    English in a French page is not seen.
    """
    subtags = lang.lower().split("-")
    language = language_code(lang)
    if language in _NO_LANGUAGE:
        return ()
    script = next((tag.title() for tag in subtags[1:] if re.fullmatch("[a-z]{4}", tag)), "")
    found = _other_scripts(text, language, script)
    if script != "Latn" and (script or language in _NOT_LATIN):
        found += _latin(text, whole)
    return tuple(found)


def _other_scripts(text: str, language: str, script: str) -> list[tuple[Extent, str]]:
    found: list[tuple[Extent, str]] = []
    any_of_them, scripts = _foreign_scripts(language, script)
    if not any_of_them.search(text):
        return found
    for name, pattern in scripts:
        for match in pattern.finditer(text):
            letters = len(_LETTER.findall(match[0]))
            limit = _SENTENCE_LETTERS.get(name, 25)
            # Amid other text a long word without a space may be the name of an office.
            alone = letters == len(_LETTER.findall(text))
            if letters >= limit and (alone or letters >= 2 * limit or " " in match[0].strip()):
                found.append(("sentence", match[0]))
            elif letters >= 3:
                found.append(("phrase", match[0]))
    return found


@lru_cache(maxsize=64)
def _foreign_scripts(
    language: str, script: str
) -> tuple[re.Pattern[str], list[tuple[str, re.Pattern[str]]]]:
    """Scripts that a text in the language does not use: any of them, and a stretch of each.

    An explicit script in the tag ("sr-Latn") decides; "Hant" and "Jpan" are read as they write.
    """
    mixed = {"Hant": "Hans", "Hani": "Hans", "Kore": "Hang", "Hira": "Kana"}
    script = mixed.get(script, script)
    foreign = {
        name: characters
        for name, (characters, languages) in _SCRIPTS.items()
        if (name != script if script and script != "Jpan" else language not in languages.split())
    }
    return re.compile(f"[{''.join(foreign.values())}]"), [
        (name, re.compile(f"[{characters}](?:[{characters}\\d]|[^\\w])*"))
        for name, characters in foreign.items()
    ]


def _without_address(token: re.Match[str]) -> str:
    # Token by token, because one pattern over the whole text may take the square of its length.
    is_address = "@" in token[0] or "://" in token[0] or _NO_WORDS.fullmatch(token[0])
    return "\x00" if is_address else token[0]


def _latin(text: str, whole: bool) -> list[tuple[Extent, str]]:
    """Latin running text: proper names, acronyms and terms in brackets are left alone."""
    found: list[tuple[Extent, str]] = []
    if not _LATIN_WORD.search(text):
        return found
    alone = whole and not any(ord(letter) > 0x24F for letter in _LETTER.findall(text))
    text = _TOKEN.sub(_without_address, text)
    if not alone:
        # A translated term in brackets after its original is a name, not another language.
        text = _BRACKETED.sub(
            lambda match: "\x00" if len(_LATIN_WORD.findall(match[0])) <= 12 else match[0], text
        )
    for match in _LATIN_RUN.finditer(text):
        words = _LATIN_WORD.findall(match[0])
        # "Universal Declaration of Human Rights" is a name: its long words begin with a capital.
        telling = [word for word in words if len(word) >= 4]
        small = [word for word in telling if word.islower()]
        if len(small) * 2 < len(telling) or not small:
            extent = _extent_of_capitals(words, alone)
            if extent:
                found.append((extent, match[0].strip()))
            continue
        function_words = sum(word in _FUNCTION_WORDS for word in words)
        if len(words) >= (6 if alone else 7) and (alone or function_words >= 2):
            found.append(("sentence", match[0].strip()))
        elif len(words) >= (3 if alone else 6):
            found.append(("phrase", match[0].strip()))
    return found


def _extent_of_capitals(words: list[str], alone: bool) -> Extent | None:
    """Whether A Text of Such Words, or OF THESE, says something: only small words tell it."""
    folded = [word.casefold() for word in words]
    function_words = sum(word in _FUNCTION_WORDS for word in folded)
    said = (
        len(words) >= _LEAST_SAID and function_words >= 2 and not _SAYING_WORDS.isdisjoint(folded)
    )
    if said and (len(words) >= _SURELY_SAID or (alone and all(map(str.isupper, words)))):
        return "sentence"
    if not alone:
        # Amid Thai it may be the title of a film or a book.
        return None
    if said or not _ADDRESSING.isdisjoint(words[1:]):
        return "phrase"
    return "title" if len(words) >= _LEAST_ENTITLED and function_words >= 2 else None
