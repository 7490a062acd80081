"""A sentence for each problem of a map import, and a name for each kind of feature."""

from loket.kit.i18n import mark as _

KIND_NAMES = {
    "street": _("Streets"),
    "address": _("Addresses"),
    "boundary": _("Boundary of the town"),
    "quarter": _("Quarters"),
    "water": _("Waters"),
    "green": _("Parks and woods"),
    "square": _("Squares"),
    "building": _("Buildings"),
}

MAP_PROBLEMS = {
    "unreadable": _("the file is not proper JSON: {why}"),
    "no_collection": _("the file is no FeatureCollection of GeoJSON"),
    "no_features": _("the file has no features"),
    "other_reference": _(
        "the coordinates are of {found}. Export the file in WGS84 (EPSG:4326), as GeoJSON asks"
    ),
    "no_feature": _("this is no feature with properties"),
    "unknown_kind": _("“{value}” is no kind of feature"),
    "missing": _("must be filled in"),
    "no_text": _("must be a line of text"),
    "too_long": _("is {length} characters long, at most {limit} fit"),
    "bad_postal_code": _("“{value}” is no postal code"),
    "wrong_geometry": _("the geometry is {found}; expected: {expected}"),
    "bad_geometry": _("the geometry has too few points"),
    "bad_coordinates": _("a coordinate is no number"),
    "open_ring": _("a ring must end where it begins, with at least four points"),
    "not_wgs84": _("the coordinates are not degrees. Export the file in WGS84 (EPSG:4326)"),
    "not_in_belgium": _("{lat}, {lon} does not lie in Belgium; the longitude comes first"),
    "crosses_itself": _("the outline crosses itself: {why}"),
    "twice": _("stands already in feature {first}"),
    "unknown_street": _("the street “{value}” is not in the file"),
}
