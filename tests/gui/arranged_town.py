"""How a small town arranges its reports, and a desk that keeps it: for the screens of Beheer."""

from datetime import date

from loket.kit.errors import Conflict, NotFound
from loket.reports.messages.arranging import (
    ArrangedCategory,
    ArrangedParty,
    RegulationOf,
    ReportSettings,
    Rule,
    RuleEffect,
    Rules,
    RulesPreview,
)
from loket.reports.messages.following import ReplyTemplate, ReplyTemplates
from loket.reports.rules.kinds import ArrangementStale, PartyInUse, ReportKind
from loket.reports.rules.terms import Counting, StartsWith


def a_category(ident="rc-tegel", name="Voetpad – losse tegel", **more):
    given = {
        "code": ident.removeprefix("rc-"),
        "keywords": ["stoeptegel", "klinker"],
        "department_id": "d-bz",
        "party_id": None,
        "team": "ploeg Wegen",
        "alert_phone": "+32470123450",
        "alert_name": "wachtdienst",
        "closed": False,
        "version": 1,
        "open": 3,
    }
    return ArrangedCategory(id=ident, name=name, **{**given, **more})


def a_party(ident="rp-net", name="Netbeheerder", **more):
    given = {
        "email": "net@example.be",
        "phone": "",
        "closed": False,
        "version": 1,
        "categories": 0,
        "rules": 0,
        "open": 2,
    }
    return ArrangedParty(id=ident, name=name, **{**given, **more})


def a_reply(ident="t-1", name="Opgelost", text="Dag {naam}, het is opgelost.", **more):
    given = {"language": "nl", "act": "resolve", "category_id": None, "version": 1}
    return ReplyTemplate(id=ident, name=name, text=text, **{**given, **more})


def a_regulation(kind=ReportKind.ISSUE, **more):
    given = {
        "receipt_days": 10,
        "answer_days": 45,
        "extension_days": 0,
        "reaction_days": 2,
        "counting": Counting.CALENDAR,
        "starts_with": StartsWith.REGISTRATION,
        "pauses": True,
        "version": 1,
        "running": 7,
    }
    return RegulationOf(kind=kind, **{**given, **more})


class ArrangingOffice:
    """Keeps arrangements by version; a colleague can be quicker."""

    def __init__(self):
        self.rules = Rules(
            version=1,
            rules=[
                Rule(id="r-1", kinds=[ReportKind.COMPLAINT], department_id="d-om"),
                Rule(id="r-2", category_ids=["rc-tegel"], quarters=["Centrum"], party_id="rp-net"),
            ],
        )
        self.regulations = [a_regulation(kind) for kind in ReportKind]
        self.categories = [
            a_category(),
            a_category(
                "rc-lamp", "Straatlicht", department_id=None, party_id="rp-net", keywords=[]
            ),
            a_category("rc-oud", "Oude categorie", closed=True, open=0),
        ]
        self.parties = [a_party(categories=1, rules=1), a_party("rp-water", "Waterbeheerder")]
        self.replies = [a_reply(), a_reply("t-2", "Fout", "Dag {naaam}", act="")]
        self.fail = {}
        self.previews = []

    def settings(self):
        self._may("settings")
        return ReportSettings(
            rules=self.rules,
            regulations=self.regulations,
            categories=self.categories,
            parties=self.parties,
            replies=self.replies,
        )

    def preview(self, asked):
        self._may("preview")
        self.previews.append([rule.id for rule in asked.rules])
        effects = [
            RuleEffect(rule_id=rule.id, decided=12, moved=5, shadowed_by=None)
            for rule in asked.rules
        ]
        if len(effects) > 1:
            first = asked.rules[0].id
            effects[1] = effects[1].model_copy(update={"decided": 0, "shadowed_by": first})
        return RulesPreview(
            first=date(2026, 2, 1),
            last=date(2026, 2, 28),
            total=40,
            effects=effects,
            by_category=25,
            uncovered=3,
        )

    def set_rules(self, command):
        self._may("set_rules")
        if command.seen_version != self.rules.version:
            raise ArrangementStale
        self.rules = Rules(version=self.rules.version + 1, rules=command.rules)
        return self.rules

    def set_regulation(self, kind, command):
        self._may("set_regulation")
        values = command.model_dump(exclude={"seen_version"})
        kept = a_regulation(kind, **values, version=command.seen_version + 1)
        self.regulations = [kept if one.kind is kind else one for one in self.regulations]
        return kept

    def set_category(self, category_id, command):
        self._may("set_category")
        values = command.model_dump(exclude={"seen_version"})
        values["alert_phone"] = values["alert_phone"] or ""
        ident = category_id or "rc-nieuw"
        self.categories, kept = self._kept(self.categories, ident, command, values, a_category)
        return kept

    def end_category(self, category_id, seen_version, *, closed):
        self._may("end_category")
        kept = _of(self.categories, category_id).model_copy(update={"closed": closed})
        self.categories = _with(self.categories, kept)
        return kept

    def set_party(self, party_id, command):
        self._may("set_party")
        values = command.model_dump(exclude={"seen_version"})
        values["phone"] = values["phone"] or ""
        ident = party_id or "rp-nieuw"
        self.parties, kept = self._kept(self.parties, ident, command, values, a_party)
        return kept

    def end_party(self, party_id, seen_version, *, closed):
        self._may("end_party")
        found = _of(self.parties, party_id)
        if closed and found.categories:
            raise PartyInUse(name=found.name, categories=found.categories, rules=found.rules)
        self.parties = _with(self.parties, found.model_copy(update={"closed": closed}))
        return _of(self.parties, party_id)

    def set_reply(self, reply_id, command):
        self._may("set_reply")
        values = command.model_dump(exclude={"seen_version"})
        values["act"] = str(values["act"] or "")
        ident = reply_id or "t-nieuw"
        self.replies, kept = self._kept(self.replies, ident, command, values, a_reply)
        return kept

    def remove_reply(self, reply_id, seen_version):
        self._may("remove_reply")
        self.replies = [one for one in self.replies if one.id != reply_id]
        return ReplyTemplates(templates=self.replies)

    def _kept(self, things, ident, command, values, make):
        known = next((one for one in things if one.id == ident), None)
        if known is None and command.seen_version:
            raise NotFound
        if known is not None and known.version != command.seen_version:
            raise ArrangementStale
        kept = make(ident, **values, version=command.seen_version + 1)
        return _with(things, kept), kept

    def _may(self, act):
        if act in self.fail:
            raise self.fail[act]


def _of(things, ident):
    return next(one for one in things if one.id == ident)


def _with(things, kept):
    if any(one.id == kept.id for one in things):
        return [kept if one.id == kept.id else one for one in things]
    return [*things, kept]


class Taken(Conflict):
    code = "report.name_taken"
