"""Sound, video, embedded pages and what moves by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, takewhile

from .dom import Document, Element
from .model import Example, Problem, Text, rule
from .names import description, name
from .writing import words

_NAMES_OF_TRANSCRIPTS = (
    "(?:transcripts?|open captions|text version|ถอด(?:ความ|เสียง|เทป|จากเสียง)|บทบรรยาย|บทพูด|"
    "บทสัมภาษณ์ฉบับเต็ม|อ่านบทสัมภาษณ์|คำต่อคำ|สคริปต์|คำบรรยายแทนเสียง|"
    "ฉบับ(?:ข้อความ|ตัวอักษร|ตัวหนังสือ))"
)
_TRANSCRIPT = re.compile(_NAMES_OF_TRANSCRIPTS, re.I)
_IN_THE_MAKING = "(?:เผยแพร่|จัดทำ|จัดเตรียม|เตรียม|เพิ่ม|ลง|ตามมา)"
#: What names a transcript to say that there is none, or none yet.
_NO_TRANSCRIPT = re.compile(
    r"\b(?:no|without|lacks?)\s+(?:(?:an?|any)\s+)?(?:captions\s+(?:or|and|nor)\s+)?"
    + _NAMES_OF_TRANSCRIPTS
    + "|"
    + _NAMES_OF_TRANSCRIPTS
    + r"\s+(?:is|are)?\s*(?:not\s+|un|n't\s+)(?:yet\s+)?available"
    + "|"
    + _NAMES_OF_TRANSCRIPTS
    + r"(?: of (?:the|this) [a-z]{1,20})?[\s:(]{1,3}(?:(?:is |are )?(?:coming soon|to follow\b|"
    r"being prepared|in preparation)|will (?:follow\b|be (?:added|posted|published|uploaded)))"
    + r"|ไม่มี(?:คำบรรยาย(?:แทนเสียง)?\s*(?:และ|หรือ))?\s*(?:บท|การ|ข้อความ|เนื้อความ)?"
    + _NAMES_OF_TRANSCRIPTS
    + f"|(?:จะ|กำลัง|อยู่ระหว่าง)(?:การ)?{_IN_THE_MAKING}(?:บท|ข้อความ|เนื้อความ)?"
    + _NAMES_OF_TRANSCRIPTS
    + "|"
    + _NAMES_OF_TRANSCRIPTS
    + r"(?:ฉบับเต็ม)?[\s:(]{0,3}"
    + f"(?:(?:จะ|กำลัง|อยู่ระหว่าง)(?:การ|มี)?{_IN_THE_MAKING}|เร็ว ?ๆ ?นี้)",
    re.I,
)
#: A video that is said to have no sound; audio description is not all of its sound.
_SILENT = re.compile(
    r"(?:ไม่มี|ไร้)เสียง(?!บรรยาย)|\b(?:no|without) (?:sound|audio)\b(?! desc)|\bsilent video\b", re.I
)
#: Hosts of videos, and where in their addresses a player stands; and files of videos.
_VIDEO = re.compile(
    r"(?:https?:)?//(?:(?:www\.)?youtube(?:-nocookie)?\.com/embed|player\.vimeo\.com/video|"
    r"(?:www\.)?dailymotion\.com/embed|(?:www\.)?facebook\.com/plugins/video|"
    r"(?:www\.)?tiktok\.com/(?:embed|player))|[^?#]*\.(?:mp4|m4v|mov|webm|ogv|avi|wmv)(?:[?#]|$)",
    re.I,
)
#: The same for sound.
_AUDIO = re.compile(
    r"(?:https?:)?//(?:open\.spotify\.com/embed|w\.soundcloud\.com/player|"
    r"embed\.podcasts\.apple\.com)|[^?#]*\.(?:mp3|m4a|aac|oga|ogg|wav|wma)(?:[?#]|$)",
    re.I,
)
_VAGUE_TITLES = words(
    "iframe|frame|embed|embedded content|untitled|video|youtube|map|widget|youtube video player|"
    "video player|player|facebook|google maps|content|วิดีโอ|วีดีโอ|คลิป|แผนที่|เนื้อหา",
    "|",
)


def _transcript_near(media: Element) -> bool:
    """Whether the figure around, what stands beside it, or the description names a transcript."""
    described = media.document.ids.get(media.get("aria-describedby"))
    places = _beside(media) + ([described] if described else [])
    # A player often lies in a box of its own.
    boxes = takewhile(
        lambda box: box.tag in ("figure", "p") or (box.tag == "div" and box.text == media.text),
        media.ancestors,
    )
    for box in boxes:
        places += [box, *_beside(box)]
    texts = (place if isinstance(place, str) else place.text for place in places)
    return any(_TRANSCRIPT.search(_NO_TRANSCRIPT.sub("", text)) for text in texts)


def _beside(element: Element) -> list[Element | str]:
    """What stands right before, and next after; a transcript may follow a sentence or two."""
    return [*islice(element.beside(-1), 1), *islice(element.beside(1), 3)]


@rule(
    "video-captions-missing",
    criterion="1.2.2",
    severity="error",
    name=Text(en="Video without captions or transcript", th="วิดีโอไม่มีคำบรรยายหรือบทถอดเสียง"),
    message=Text(
        en="This video has neither captions nor a transcript beside it.",
        th="วิดีโอนี้ไม่มีคำบรรยายแทนเสียง และไม่มีบทถอดเสียงอยู่ใกล้กัน",
    ),
    remedy=Text(
        en="Add a captions file (VTT); a transcript with its name below the video serves as well.",
        th="เพิ่มไฟล์คำบรรยายแทนเสียง (VTT) หรือวางบทถอดเสียงพร้อมชื่อเรียกไว้ใต้วิดีโอ",
    ),
    passes=(
        '<video src="a.mp4" controls><track kind="captions" src="a.vtt" srclang="th"></video>',
        '<video src="a.mp4" controls></video><details><summary>บทถอดเสียง</summary>…</details>',
        '<div class="player"><video src="a.mp4"></video></div><p>บทถอดเสียง: สวัสดี</p>',
        '<figure><video src="a.mp4"></video><figcaption>มีบทถอดเสียงท้ายข่าว</figcaption></figure>',
        '<video src="loop.mp4" autoplay muted loop></video>',
        '<video src="a.mp4"></video><p>สัมภาษณ์ประธาน</p><p>บทถอดเสียง: สวัสดี</p>',
        '<h3>บทถอดเสียง</h3><video src="a.mp4"></video><p>สวัสดี</p>',
        '<p><a href="/th/t/">อ่านถอดเทปรายการ</a></p><video src="a.mp4"></video>',
        '<p><video src="a.mp4"></video> อ่านบทถอดเสียงได้<a href="/th/t/">ที่หน้านี้</a></p>',
        Example(
            '<video src="a.mp4"></video><p><a href="/t/">Text version of the interview</a></p>',
            "en",
        ),
        '<video src="a.mp4" aria-label="วิดีโอภาษามือ ไม่มีเสียง"></video><p>ข่าว</p>',
        Example('<video src="a.mp4" title="How to sign in (no sound)"></video>', "en"),
    ),
    fails=(
        '<video src="a.mp4" controls></video>',
        '<video src="a.mp4" controls><track kind="chapters" src="a.vtt"></video>',
        '<video src="a.mp4" controls><track kind="captions"></video>',
        '<video src="a.mp4"></video><p>วิดีโอนี้ไม่มีบทถอดเสียง</p>',
        '<video src="a.mp4"></video><p>ไม่มีคำบรรยายและบทถอดเสียง</p>',
        Example('<h2>Video without transcript</h2><video src="a.mp4"></video><p>News</p>', "en"),
        Example('<video src="a.mp4"></video><p>No transcript available</p>', "en"),
        Example('<video src="a.mp4"></video><p>A transcript is not yet available.</p>', "en"),
        '<video src="a.mp4" aria-label="แถลงข่าว ไม่มีเสียงบรรยายภาพ"></video>',
        '<video src="a.mp4"></video><p>อยู่ระหว่างจัดทำบทถอดเสียง</p>',
        Example('<video src="a.mp4"></video><p>Transcript coming soon</p>', "en"),
    ),
)
def video_captions_missing(document: Document) -> Iterator[Problem]:
    for video in document.all("video"):
        tracks = [track for track in video.inside("track") if track.get("src")]
        kinds = {track.get("kind").lower() or "subtitles" for track in tracks}
        named = f"{name(video)} {description(video)}"
        silent = "muted" in video.attributes or bool(_SILENT.search(named))
        if not kinds & {"captions", "subtitles"} and not silent and not _transcript_near(video):
            yield Problem(video)


@rule(
    "video-embed-captions",
    criterion="1.2.2",
    severity="advice",
    name=Text(
        en="Embedded video, captions to be checked",
        th="วิดีโอฝังที่ต้องตรวจคำบรรยาย",
    ),
    message=Text(
        en="Whether this embedded video has captions cannot be told from here.",
        th="ไม่สามารถทราบจากหน้านี้ว่าวิดีโอที่ฝังไว้มีคำบรรยายแทนเสียงหรือไม่",
    ),
    remedy=Text(
        en="Check that the video has captions made by a person; or put a transcript below it, and "
        "call it so.",
        th="ตรวจสอบว่าวิดีโอมีคำบรรยายแทนเสียงที่คนจัดทำหรือตรวจแก้แล้ว หรือวางบทถอดเสียงพร้อมชื่อเรียกไว้ใต้วิดีโอ",
    ),
    passes=(
        '<iframe src="//www.youtube.com/embed/a" title="แถลงข่าว"></iframe><p>บทถอดเสียง: สวัสดี</p>',
        '<iframe src="https://www.youtube.com/embed/a?cc_load_policy=1" title="แถลงข่าว"></iframe>',
        '<iframe src="https://www.google.com/maps/embed" title="แผนที่"></iframe>',
        '<embed src="/media/a.mp4"><p>บทถอดเสียง: สวัสดี</p>',
        '<embed src="/media/a.pdf"><object data="a.svg?v=a.mp4" aria-label="ก"></object>',
    ),
    fails=(
        '<iframe src="https://www.youtube-nocookie.com/embed/a" title="แถลงข่าว"></iframe>',
        '<div><iframe src="//player.vimeo.com/video/1" title="แถลงข่าว"></iframe></div><p>ข่าว</p>',
        '<iframe src="https://www.tiktok.com/embed/v2/1" title="แถลงข่าว"></iframe>',
        '<embed src="/media/a.MP4?v=2">',
        '<object data="/media/a.webm">แถลงข่าว</object>',
    ),
)
def video_embed_captions(document: Document) -> Iterator[Problem]:
    for embed, address in _embeds(document, _VIDEO):
        # YouTube shows the captions of a video, and so has them, where the address says so.
        if "cc_load_policy=1" not in address and not _transcript_near(embed):
            yield Problem(embed)


@rule(
    "audio-embed-transcript",
    criterion="1.2.1",
    severity="advice",
    name=Text(
        en="Embedded audio, transcript to be checked",
        th="เสียงฝังที่ต้องตรวจบทถอดเสียง",
    ),
    message=Text(
        en="Whether this embedded recording has a transcript cannot be told from here.",
        th="ไม่สามารถทราบจากหน้านี้ว่าไฟล์เสียงที่ฝังไว้มีบทถอดเสียงหรือไม่",
    ),
    remedy=Text(
        en="Put the transcript, or a link to it, below the player and call it so.",
        th="วางบทถอดเสียงหรือลิงก์ไปยังบทถอดเสียงไว้ใต้เครื่องเล่น และตั้งชื่อให้ชัดเจน",
    ),
    passes=(
        '<embed src="/media/a.mp3"><p><a href="/th/t/">บทถอดเสียงรายการ</a></p>',
        '<iframe src="https://open.spotify.com/embed/a" title="รายการ"></iframe><p>บทถอดเสียง</p>',
    ),
    fails=(
        '<iframe src="https://open.spotify.com/embed/episode/a" title="รายการวิทยุ"></iframe>',
        '<iframe src="https://w.soundcloud.com/player/?url=a" title="รายการวิทยุ"></iframe>',
        '<embed src="/media/a.mp3">',
    ),
)
def audio_embed_transcript(document: Document) -> Iterator[Problem]:
    for embed, _ in _embeds(document, _AUDIO):
        if not _transcript_near(embed):
            yield Problem(embed)


def _embeds(document: Document, kind: re.Pattern[str]) -> Iterator[tuple[Element, str]]:
    """What is embedded from an address of that kind, and the address."""
    for embed in document.all("iframe", "embed", "object"):
        address = embed.get("data" if embed.tag == "object" else "src")
        if kind.match(address):
            yield embed, address


@rule(
    "audio-transcript-missing",
    criterion="1.2.1",
    severity="error",
    name=Text(en="Audio without transcript", th="เสียงไม่มีบทถอดเสียง"),
    message=Text(
        en="Nothing beside this recording is called its transcript.",
        th="ไม่มีบทถอดเสียงอยู่ใกล้ไฟล์เสียงนี้",
    ),
    remedy=Text(
        en="Put the transcript, or a link to it, below the player and call it so.",
        th="วางบทถอดเสียงหรือลิงก์ไปยังบทถอดเสียงไว้ใต้เครื่องเล่น และตั้งชื่อให้ชัดเจน",
    ),
    passes=(
        '<audio src="a.mp3" controls></audio><p><a href="/th/t/">บทถอดเสียงรายการ</a></p>',
        '<audio src="a.mp3"></audio><p><a href="/th/t/">บทสัมภาษณ์ฉบับเต็ม</a></p>',
        '<audio src="a.mp3"></audio><h3>ข้อความถอดจากเสียง</h3><p>สวัสดี</p>',
        '<audio src="a.mp3"></audio><p><a href="/th/t/">สคริปต์รายการ</a></p>',
        '<audio src="a.mp3"></audio><p><a href="/th/t/">อ่านคำต่อคำ</a></p>',
        '<audio src="a.mp3"></audio><p><a href="/th/t/">เนื้อความฉบับตัวอักษร</a></p>',
        '<audio src="a.mp3"></audio><p>บทถอดเสียง: รายงานจะเผยแพร่ภายหลัง</p>',
        Example('<audio src="a.mp3"></audio><p>Transcript: Coming here was hard.</p>', "en"),
    ),
    fails=(
        '<audio src="a.mp3" controls></audio><p>รายการวิทยุ</p>',
        '<audio src="a.mp3"></audio><p>ไม่มีข้อความถอดจากเสียง</p>',
        '<audio src="a.mp3"></audio><p>บทถอดเสียงจะเผยแพร่ภายหลัง</p>',
        '<audio src="a.mp3"></audio><p>บทถอดเสียงฉบับเต็ม (อยู่ระหว่างการจัดทำ)</p>',
        '<audio src="a.mp3"></audio><p>จะเผยแพร่บทถอดเสียงในภายหลัง</p>',
        '<audio src="a.mp3"></audio><p>บทถอดเสียง เร็ว ๆ นี้</p>',
        Example(
            '<audio src="a.mp3"></audio><p>A transcript of the interview will be published.</p>',
            "en",
        ),
    ),
)
def audio_transcript_missing(document: Document) -> Iterator[Problem]:
    for audio in document.all("audio"):
        if not _transcript_near(audio):
            yield Problem(audio)


@rule(
    "media-autoplay",
    criterion="1.4.2",
    severity="error",
    name=Text(en="Sound that starts by itself", th="เสียงเล่นเองโดยหยุดไม่ได้"),
    message=Text(
        en="The sound starts by itself and there are no controls to stop it.",
        th="เสียงเริ่มเล่นเองและไม่มีปุ่มหยุด ทำให้ไม่ได้ยินเสียงโปรแกรมอ่านหน้าจอ",
    ),
    remedy=Text(
        en="Remove autoplay, and show the controls.",
        th="ลบ autoplay และแสดงปุ่มควบคุม (controls)",
    ),
    passes=(
        '<video src="a.mp4" autoplay muted></video>',
        '<audio src="a.mp3" controls></audio>',
    ),
    fails=('<audio src="a.mp3" autoplay></audio>', '<video src="a.mp4" autoplay loop></video>'),
)
def media_autoplay(document: Document) -> Iterator[Problem]:
    # An audio that is hidden is heard all the same.
    for media in document.by_tag.get("audio", []) + document.by_tag.get("video", []):
        stated = media.attributes
        if "autoplay" in stated and "muted" not in stated and "controls" not in stated:
            yield Problem(media)


@rule(
    "media-autoplay-controlled",
    criterion="1.4.2",
    severity="warning",
    name=Text(en="Sound that starts unasked", th="เสียงเล่นเองโดยไม่ได้สั่ง"),
    message=Text(
        en="The sound starts unasked, and drowns a screen reader until it is found and stopped.",
        th="เสียงเริ่มเล่นเองโดยไม่ได้สั่ง กลบเสียงโปรแกรมอ่านหน้าจอจนกว่าจะหาปุ่มหยุดพบ",
    ),
    remedy=Text(en="Remove autoplay.", th="ลบ autoplay"),
    passes=('<video src="a.mp4" controls autoplay muted></video>',),
    fails=('<video src="a.mp4" controls autoplay></video>',),
)
def media_autoplay_controlled(document: Document) -> Iterator[Problem]:
    for media in document.all("audio", "video"):
        stated = media.attributes
        if "autoplay" in stated and "muted" not in stated and "controls" in stated:
            yield Problem(media)


@rule(
    "frame-title-missing",
    criterion="4.1.2",
    severity="error",
    name=Text(en="Embedded content without title", th="เนื้อหาฝังไม่มีชื่อ"),
    message=Text(
        en="Nothing says what this embedded content is.",
        th="ไม่มีชื่อบอกว่าเนื้อหาที่ฝังไว้นี้คืออะไร",
    ),
    remedy=Text(
        en="Give the iframe a title, such as “Video: press conference of 14 February”.",
        th="กำหนดชื่อ (title) ของ iframe เช่น “วิดีโอ: แถลงข่าววันที่ 14 กุมภาพันธ์”",
    ),
    passes=(
        '<iframe src="https://example.org/v" title="วิดีโอ: แถลงข่าวประจำสัปดาห์"></iframe>',
        '<iframe src="/x" aria-hidden="true" tabindex="-1"></iframe>',
    ),
    fails=('<iframe src="https://example.org/v"></iframe>', '<iframe src="/v" title=" "></iframe>'),
)
def frame_title_missing(document: Document) -> Iterator[Problem]:
    for frame in document.all("iframe", "frame"):
        if not name(frame):
            yield Problem(frame)


@rule(
    "frame-title-vague",
    criterion="2.4.6",
    severity="advice",
    name=Text(en="Title of embedded content that says nothing", th="ชื่อเนื้อหาฝังไม่บอกอะไร"),
    message=Text(
        en="“{title}” would fit any embedded content.",
        th="“{title}” ใช้กับเนื้อหาฝังใดก็ได้ จึงไม่บอกอะไร",
    ),
    remedy=Text(
        en="Say what it shows: “Map to the office in Songkhla”.",
        th="ระบุว่าเป็นสิ่งใด เช่น “แผนที่ไปสำนักงานพื้นที่ภาคใต้ จังหวัดสงขลา”",
    ),
    passes=('<iframe src="/m" title="แผนที่ไปสำนักงานพื้นที่ภาคใต้"></iframe>',),
    fails=('<iframe src="/v" title="YouTube video player"></iframe>',),
)
def frame_title_vague(document: Document) -> Iterator[Problem]:
    for frame in document.all("iframe", "frame"):
        title = name(frame)
        if title.casefold() in _VAGUE_TITLES:
            yield Problem(frame, {"title": title})


@rule(
    "text-moving",
    criterion="2.2.2",
    severity="error",
    name=Text(en="Moving or blinking text", th="ข้อความเคลื่อนไหวหรือกะพริบ"),
    message=Text(
        en="<{tag}> moves without end and cannot be stopped.",
        th="<{tag}> เคลื่อนไหวไม่สิ้นสุดและหยุดไม่ได้",
    ),
    remedy=Text(en="Write it as still text.", th="ใช้ข้อความนิ่งแทน"),
    passes=("<p>ประกาศด่วน</p><marquee hidden>ยกเลิกแล้ว</marquee>",),
    fails=("<marquee>ประกาศด่วน</marquee>", "<blink>ประกาศด่วน</blink>"),
)
def text_moving(document: Document) -> Iterator[Problem]:
    for element in document.by_tag.get("marquee", []) + document.by_tag.get("blink", []):
        if element.rendered:
            yield Problem(element, {"tag": element.tag})


@rule(
    "page-refresh",
    criterion="2.2.1",
    severity="error",
    name=Text(en="Page that reloads or moves on", th="หน้าเว็บโหลดใหม่หรือเปลี่ยนหน้าเอง"),
    message=Text(
        en="After {seconds} seconds the page is replaced, in the midst of reading.",
        th="หน้านี้จะถูกแทนที่ภายใน {seconds} วินาที ทั้งที่อาจยังอ่านไม่จบ",
    ),
    remedy=Text(
        en="Remove the refresh; let the server redirect, or the reader choose.",
        th="ลบคำสั่ง refresh แล้วให้เซิร์ฟเวอร์เปลี่ยนเส้นทาง หรือให้ผู้อ่านเลือกเอง",
    ),
    passes=(
        '<meta http-equiv="refresh" content="0; url=/th/">',
        '<meta name="robots" content="all">',
    ),
    fails=(
        '<meta http-equiv="refresh" content="30">',
        Example('<!doctype html><meta http-equiv="Refresh" content="5; url=/en/">', "en"),
    ),
)
def page_refresh(document: Document) -> Iterator[Problem]:
    for meta in document.by_tag.get("meta", ()):
        seconds = re.match(r"\d+", meta.get("content"))
        refresh = meta.get("http-equiv").lower() == "refresh"
        # Beyond twenty hours the criterion no longer asks for anything.
        if refresh and seconds and 0 < int(seconds[0][:9]) <= 72_000:
            yield Problem(meta, {"seconds": seconds[0]})
