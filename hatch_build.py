"""Put the compiled translations into the wheel: the repository keeps only their sources.

They are compiled beside the tree, so that building takes nothing from a site that is running.
"""

import tempfile
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileTranslations(BuildHookInterface):
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        # An editable install reads the checkout, where `make` compiles them.
        if version == "editable":
            return
        self.compiled = tempfile.TemporaryDirectory()
        for package in self.build_config.packages:
            for source in sorted(Path(self.root, package).glob("locale/*/LC_MESSAGES/*.po")):
                name = source.relative_to(self.root).with_suffix(".mo")
                target = Path(self.compiled.name, name)
                target.parent.mkdir(parents=True)
                with source.open("rb") as catalogue, target.open("wb") as output:
                    write_mo(output, read_po(catalogue, locale=source.parts[-3]))
                build_data["force_include"][str(target)] = str(name)

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if version != "editable":
            self.compiled.cleanup()
