"""Cut the four static fonts of the house from the variable IBM Plex Sans, once at set-up.

Qt draws the weights 500 and 600 of a variable font like 400, and ReportLab embeds only its default
instance; static files are right in both. The licence reserves the name Plex, so the cut files bear
another family name and travel with the text of the licence.
"""

import argparse
import hashlib
import shutil
import sys
from pathlib import Path

import fontpkg_ibm_plex_sans
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FAMILY = "Loket Sans"
WEIGHTS = {"Regular": 400, "Medium": 500, "SemiBold": 600, "Bold": 700}
SOURCE = Path(fontpkg_ibm_plex_sans.ROOT)
TARGET = Path(__file__).resolve().parents[1] / "resources" / "fonts"
LATIN = (
    *range(0x20, 0x250),  # Basic Latin up to Latin Extended-B: the names of citizens
    *range(0x2B0, 0x370),  # modifiers and combining accents
    *range(0x1E00, 0x1F00),  # Latin Extended Additional: Vietnamese
    *range(0x2000, 0x2070),  # general punctuation: dashes, quotes, ellipsis
    *range(0x2070, 0x20D0),  # superscripts, currency
    *range(0x2100, 0x2200),  # letterlike forms, arrows
    *range(0x2200, 0x2270),  # minus, plus-minus, not equal
)
_FULL_NAME, _POSTSCRIPT_NAME, _UNIQUE_NAME = 4, 6, 3
_FAMILY_NAMES = (1, 16, 21, 25)


def file_of(style: str) -> Path:
    return TARGET / f"LoketSans-{style}.ttf"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--force", action="store_true", help="cut again, even when up to date")
    asked = parser.parse_args()
    source = _variable_font()
    if not asked.force and _up_to_date(source):
        return 0
    TARGET.mkdir(parents=True, exist_ok=True)
    latin = _only_latin(source)
    for style, weight in WEIGHTS.items():
        print(f"Cutting {file_of(style).name}", flush=True)
        _cut(latin, style=style, weight=weight)
    latin.unlink()
    shutil.copyfile(_licence(), TARGET / "OFL.txt")
    _stamp_file().write_text(_stamp(source), encoding="ascii")
    return 0


def _variable_font() -> Path:
    found = [path for path in SOURCE.rglob("*.ttf") if "italic" not in path.name.lower()]
    if not found:
        sys.exit(f"No variable font stands in {SOURCE}. Install fontpkg-ibm-plex-sans again.")
    return found[0]


def _licence() -> Path:
    return next(
        path for path in SOURCE.rglob("*") if path.name.upper().startswith(("LICEN", "OFL"))
    )


def _up_to_date(source: Path) -> bool:
    made = [file_of(style) for style in WEIGHTS] + [TARGET / "OFL.txt"]
    stamp = _stamp_file()
    known = stamp.read_text(encoding="ascii") if stamp.exists() else ""
    return known == _stamp(source) and all(path.exists() for path in made)


def _stamp(source: Path) -> str:
    """What the fonts were cut from and how; times of files change with each new .venv."""
    digest = hashlib.sha256(source.read_bytes())
    digest.update(Path(__file__).read_bytes())
    return digest.hexdigest()


def _stamp_file() -> Path:
    return TARGET / "cut.stamp"


def _only_latin(source: Path) -> Path:
    """Subset first: cutting the four instances then takes seconds instead of half a minute."""
    options = subset.Options()
    options.layout_features = ["*"]
    options.name_IDs = ["*"]
    options.notdef_outline = True
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=LATIN)
    font = TTFont(source)
    cutter.subset(font)
    target = TARGET / "latin-variable.part"
    font.save(target)
    return target


def _cut(variable: Path, *, style: str, weight: int) -> None:
    font = TTFont(variable)
    places = {"wght": weight} | {
        axis.axisTag: 100 for axis in font["fvar"].axes if axis.axisTag == "wdth"
    }
    cut = instancer.instantiateVariableFont(font, places, updateFontNames=True)
    _rename(cut, style)
    part = file_of(style).with_suffix(".part")
    cut.save(part)
    part.replace(file_of(style))


def _rename(font: TTFont, style: str) -> None:
    names = font["name"]
    for record in list(names.names):
        old = record.toUnicode()
        new = old.replace("IBM Plex Sans", FAMILY).replace("IBMPlexSans", "LoketSans")
        if record.nameID in _FAMILY_NAMES:
            new = (
                FAMILY
                if record.nameID != 1 or style in {"Regular", "Bold"}
                else f"{FAMILY} {style}"
            )
        if record.nameID == _FULL_NAME:
            new = f"{FAMILY} {style}"
        if record.nameID in {_POSTSCRIPT_NAME, _UNIQUE_NAME}:
            new = f"LoketSans-{style}"
        if new != old:
            names.setName(new, record.nameID, record.platformID, record.platEncID, record.langID)


if __name__ == "__main__":
    sys.exit(main())
