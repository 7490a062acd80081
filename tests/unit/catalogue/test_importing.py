"""Importing a catalogue: what CSV says, what is refused with its line, and what would change."""

from datetime import date, time
from pathlib import Path

import pytest

from loket.catalogue.command import lines, plan_folder
from loket.catalogue.importing.kinds import KINDS, Records
from loket.catalogue.importing.mapping import read_mapping
from loket.catalogue.importing.planning import Plan, plan_import
from loket.catalogue.sentences import KIND_NAMES, PROBLEMS
from loket.kit.i18n import words

EMPTY: Records = {kind.name: {} for kind in KINDS}
FILES = {
    "town": "name;phone;email;privacy_email\nHeidebeek;050;a@b.example;c@b.example\n",
    "sites": "code;name;address\nhuis;Stadhuis;Markt 1\nkort;Kortbeek;Dorp 2\n",
    "departments": "code;name;confidential\nbz;Burgerzaken;nee\nsh;Sociaal Huis;ja\n",
    "queues": (
        "code;name;site;icon;walk_in_prefix;appointment_prefix;norm_minutes\n"
        "bz;Burgerzaken;huis;ph.user;A;P;20\n"
        "bk;Burgerzaken;kort;ph.user;K;P;20\n"
    ),
    "queue_classes": "queue;visitor_class;rate;limit_minutes\nbz;priority;4;15\n",
    "services": "code;name;department;queues\nid;Identiteit;bz;bz|bk\nst;Steun;sh;\n",
    "counters": (
        "code;name;site;kind;first_choice;second_choice\n"
        "loket-1;Loket 1;huis;counter;bz;\nonthaal-1;Onthaal 1;huis;welcome;;\n"
    ),
    "opening_hours": (
        "site;queue;weekday;opens;closes;valid_to\n"
        "huis;;ma;9:00;12:00;\nhuis;;maandag;13u30;18u;\nhuis;bz;3;09:00;12:00;31/12/2026\n"
    ),
    "exceptions": "site;day;name;opens;closes\n;2026-07-13;Brugdag;;\n",
    "products": (
        "code;name;short_name;synonyms;service;access;usual_minutes;bring;fee_cents;links;icon\n"
        "id-1;Identiteitskaart;eID;kaart|eid;id;both;12;oude kaart|foto;25,00;"
        "Meer https://heidebeek.example/eid;ph.user\n"
        "st-1;Steun vragen;Steun;;st;walk_in;20;;;;ph.heart\n"
    ),
    "quick_products": "site;place;product\nhuis;1;id-1\n",
    "priority_reasons": "code;name;icon\nmobility;Mobiliteit;ph.wheelchair-bold\n",
}


def plan(current: Records = EMPTY, mapping: str = "", **changed: str | bytes | None) -> Plan:
    """The plan for the small town, with some of its files changed."""
    files = {**FILES, **changed}
    mapping = mapping or "\n".join(f"[{name}]" for name in files)
    found, problems = read_mapping(mapping, name="town.toml")
    assert not problems
    contents = {
        f"{name}.csv": text.encode() if isinstance(text, str) else text
        for name, text in files.items()
    }
    return plan_import(found, contents, current=current, version=0)


def found(made: Plan) -> list[tuple[str, int, str, str]]:
    return [(p.file, p.line, p.column, p.code) for p in made.problems]


def test_a_whole_town_is_read():
    made = plan()
    assert found(made) == []
    assert len(made.new) == 20
    product = made.records["products"]["id-1",]
    assert product["fee_cents"] == 2500
    assert product["synonyms"] == ("kaart", "eid")
    assert product["links"] == (("Meer", "https://heidebeek.example/eid"),)
    assert made.records["products"]["st-1",]["fee_cents"] is None
    hours = list(made.records["opening_hours"].values())
    assert [(h["weekday"], h["opens"], h["closes"]) for h in hours] == [
        (1, time(9), time(12)),
        (1, time(13, 30), time(18)),
        (3, time(9), time(12)),
    ]
    assert hours[2]["valid_to"] == date(2026, 12, 31)
    assert made.records["services"]["id",]["queues"] == ("bk", "bz")


def test_the_same_files_again_change_nothing():
    assert not plan(current=plan().records).changes_anything


def test_a_dry_run_lists_new_changed_and_gone():
    products = FILES["products"].replace("25,00", "27,50").replace("12;oude", "15;oude")
    products = products.replace("st-1;Steun vragen", "st-2;Steun")
    made = plan(current=plan().records, products=products)
    assert [(c.key, [(f.name, f.old, f.new) for f in c.fields]) for c in made.changed] == [
        (("id-1",), [("usual_minutes", 12, 15), ("fee_cents", 2500, 2750)])
    ]
    assert [entry.key for entry in made.new] == [("st-2",)]
    assert [entry.key for entry in made.gone] == [("st-1",)]
    assert list(lines(made, words("en"))) == [
        "New (1)",
        "  Product · st-2 · Steun",
        "Changed (1)",
        "  Product · id-1 · usual_minutes: 12 → 15; fee_cents: 2500 → 2750",
        "Gone (1)",
        "  Product · st-1 · Steun vragen",
    ]


def test_another_order_is_noticed():
    head, first, second = FILES["sites"].splitlines()
    made = plan(current=plan().records, sites=f"{head}\n{second}\n{first}")
    assert (made.moved, made.new, made.changed) == (("sites",), (), ())


def test_kinds_without_a_file_stay():
    products = FILES["products"].replace("Steun vragen", "Steun aanvragen")
    made = plan(current=plan().records, mapping="[products]", products=products)
    assert (made.imported, len(made.changed), made.gone) == (("products",), 1, ())


def test_columns_and_words_of_the_town_are_mapped():
    mapping = "\n".join(f"[{name}]" for name in FILES if name != "departments") + (
        '\n[departments]\nfile = "diensten.csv"\ndelimiter = ","\nencoding = "cp1252"\n'
        'columns = {code = "Nr", name = "Dienst", confidential = "Geheim"}\n'
        'values = {confidential = {x = "ja", "-" = "nee"}}\n'
    )
    mapped, problems = read_mapping(mapping, name="m.toml")
    contents = {f"{name}.csv": text.encode() for name, text in FILES.items()}
    contents["diensten.csv"] = "Nr,Dienst,Geheim\nbz,Cafés,-\nsh,Sociaal,x\n".encode("cp1252")
    made = plan_import(mapped, contents, current=EMPTY, version=0)
    assert (problems, found(made)) == ([], [])
    assert made.records["departments"]["bz",]["name"] == "Cafés"
    assert made.records["departments"]["sh",]["confidential"] is True
    contents["diensten.csv"] = b"Nr,Dienst,Geheim\nbz,Burgerzaken,?\n"
    problem = plan_import(mapped, contents, current=EMPTY, version=0).problems[0]
    assert (problem.column, problem.params["allowed"]) == ("Geheim", "x, -")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_the_encoding_is_recognised(encoding: str):
    content = FILES["sites"].replace("Markt 1", "Eénplein – 1").encode(encoding)
    assert plan(sites=content).records["sites"]["huis",]["address"] == "Eénplein – 1"


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        ("products", "25,00", "25 euro's", (2, "fee_cents", "bad_amount")),
        ("products", "eID;", "Identiteitskaart;", (2, "short_name", "too_long")),
        ("products", "st;walk_in", "st;soms", (3, "access", "bad_choice")),
        ("products", "st;walk_in;20", "st;walk_in;nul", (3, "usual_minutes", "bad_number")),
        ("products", "st-1;Steun vragen", "st 1;Steun", (3, "code", "bad_code")),
        ("products", "st-1;Steun vragen", "st-1;", (3, "name", "empty")),
        ("products", "st-1", "id-1", (3, "code", "twice")),
        ("products", "Steun vragen", "identiteitskaart", (3, "name", "twice")),
        ("products", "Steun;;st;", "Steun;;weg;", (3, "service", "unknown")),
        ("products", "Meer https", "https", (2, "links", "bad_link")),
        ("products", ";ph.heart", "", (3, "", "wrong_cells")),
        ("products", "short_name", "kort", (1, "short_name", "missing_column")),
        ("queues", ";K;", ";O;", (3, "walk_in_prefix", "bad_prefix")),
        ("queues", "kort", "nergens", (3, "site", "unknown")),
        ("services", "bz|bk", "bz|bx", (2, "queues", "unknown")),
        ("counters", "counter;bz;", "counter;bk;", (2, "first_choice", "queue_elsewhere")),
        ("counters", "counter;bz;", "counter;bz;bz", (2, "second_choice", "queue_chosen_twice")),
        ("opening_hours", "13u30", "25u", (3, "opens", "bad_time")),
        ("opening_hours", "13u30", "11:30", (3, "opens", "overlaps")),
        ("opening_hours", "18u", "13u", (3, "closes", "closes_before_it_opens")),
        ("opening_hours", "maandag", "feestdag", (3, "weekday", "bad_weekday")),
        ("opening_hours", "31/12/2026", "31/12/1999", (4, "valid_to", "ends_before_it_begins")),
        ("opening_hours", "31/12/2026", "31/02/2026", (4, "valid_to", "bad_date")),
        ("exceptions", "Brugdag;;", "Brugdag;9:00;", (2, "closes", "closes_before_it_opens")),
        ("quick_products", ";1;", ";10;", (2, "place", "bad_number")),
        ("town", "Heidebeek;050;a@b.example;c@b.example\n", "", (0, "", "no_town")),
    ],
)
def test_a_broken_line_is_named(file: str, old: str, new: str, problem: tuple[int, str, str]):
    assert old in FILES[file]
    made = plan(**{file: FILES[file].replace(old, new, 1)})
    name = file if problem[0] == 0 else f"{file}.csv"
    assert found(made) == [(name, *problem)]
    assert (made.new, made.changed, made.gone) == ((), (), ())
    said = list(lines(made, words("en")))
    assert len(said) == 2
    assert "{" not in said[0]


def test_two_queues_for_one_service_at_one_site():
    queues = FILES["queues"] + "bz2;Tweede;huis;ph.user;B;P;20\n"
    services = FILES["services"].replace("bz|bk", "bz|bz2")
    assert found(plan(queues=queues, services=services)) == [
        ("services.csv", 2, "queues", "second_queue_at_site")
    ]


def test_files_that_cannot_be_read_at_all():
    assert found(plan(sites=None)) == [("sites.csv", 0, "", "missing_file")]
    assert found(plan(sites=b"code;name;address\nhuis;\x81;x\n")) == [
        ("sites.csv", 0, "", "bad_encoding")
    ]
    assert found(plan(sites='code;name;address\nhuis;"Stad"huis;x\n'))[0][3] == "bad_csv"


def test_a_cell_over_two_lines_keeps_the_line_numbers_right():
    sites = 'code;name;address\nhuis;Stadhuis;"Markt\n1"\n\nkort;;Dorp 2\n'
    assert found(plan(sites=sites)) == [("sites.csv", 5, "name", "empty")]


def test_a_mapping_that_is_wrong():
    wrong = '[sites]\ncolumns = {kode = "Code"}\n[plaatsen]\n[queues]\nsheet = 2\n'
    _, problems = read_mapping(wrong, name="m.toml")
    assert [(p.column, p.code) for p in problems] == [
        ("sites.kode", "mapping_unknown_field"),
        ("plaatsen", "mapping_unknown_kind"),
        ("queues.sheet", "mapping_unknown_setting"),
    ]
    assert read_mapping("[", name="m.toml")[1][0].code == "mapping_unreadable"
    assert read_mapping('{"sites": {}}', name="m.json")[0].files[0].file == "sites.csv"


def test_the_command_reads_a_folder_and_says_what_is_wrong(tmp_path: Path):
    for name, text in FILES.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    (tmp_path / "sites.csv").write_text("code;name;address\nhuis;;x\n", encoding="utf-8")
    mapping = tmp_path / "m.toml"
    mapping.write_text("\n".join(f"[{name}]" for name in FILES), encoding="utf-8")
    made = plan_folder(tmp_path, mapping, current=EMPTY, version=0)
    assert list(lines(made, words("en"))) == [
        "sites.csv:2 · name: must be filled in",
        "1 problem. Nothing was imported.",
    ]


def test_every_problem_and_kind_has_words():
    source = Path(__file__).parents[3] / "loket/catalogue/importing"
    text = "".join(file.read_text(encoding="utf-8") for file in source.glob("*.py"))
    assert {code for code in PROBLEMS if f'"{code}"' not in text} == set()
    assert set(KIND_NAMES) == {kind.name for kind in KINDS}
