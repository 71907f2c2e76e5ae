"""From a file to the raw entries in it, or one sentence that says why not."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _


class ImportFileError(ValueError):
    """The file cannot be read as a whole; the message names it, the fault and the fix."""


def read_file(path: Path) -> list[Any]:
    """Return the entries of a JSON file (RFC 8259): its array, or the one object it holds.

    A byte order mark is passed over. Raises ImportFileError.
    """
    try:
        content = json.loads(
            path.read_bytes().decode("utf-8-sig"),
            object_pairs_hook=_object_without_repeated_names,
            parse_constant=_refuse_constant,
        )
    except OSError as error:
        raise ImportFileError(
            _("%(file)s cannot be read: %(reason)s.") % {"file": path, "reason": error.strerror}
        ) from error
    except UnicodeDecodeError as error:
        raise ImportFileError(
            _("%(file)s is not UTF-8 text (byte %(position)s). Save it as UTF-8.")
            % {"file": path, "position": error.start}
        ) from error
    except json.JSONDecodeError as error:
        raise ImportFileError(
            _("%(file)s is not JSON: line %(line)s, column %(column)s: %(reason)s.")
            % {
                "file": path,
                "line": error.lineno,
                "column": error.colno,
                "reason": error.msg,
            }
        ) from error
    except RecursionError as error:
        raise ImportFileError(
            _("%(file)s is nested too deeply: an entry is one object.") % {"file": path}
        ) from error
    except ValueError as error:
        raise ImportFileError(
            _("%(file)s is refused: %(reason)s.") % {"file": path, "reason": error}
        ) from error
    if isinstance(content, dict):
        return [content]
    if isinstance(content, list):
        return content
    raise ImportFileError(
        _("%(file)s holds %(value)s: give one object or an array of objects.")
        % {"file": path, "value": json.dumps(content, ensure_ascii=False)[:40]}
    )


def _object_without_repeated_names(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    # RFC 8259 leaves open which of them counts, so neither can be trusted.
    if repeated := [
        name for name, times in Counter(name for name, _v in pairs).items() if times > 1
    ]:
        raise ValueError(
            _("the field “%(name)s” stands twice in one object") % {"name": repeated[0]}
        )
    return dict(pairs)


def _refuse_constant(name: str) -> None:
    raise ValueError(_("%(name)s is not a number of JSON") % {"name": name})
