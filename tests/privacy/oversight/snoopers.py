"""Snoopers of different kinds, planted in the simulated clinic."""

from datetime import date, timedelta

from tests.privacy.oversight.month import END, SPAN, Month, Planted, at, patient, visit


def plant_snoopers(month: Month) -> None:
    """Plant snoopers, each with a patient of the first twenty, whom nobody else sees."""
    days = [day for day in sorted(month.visited) if day >= (END - timedelta(days=SPAN)).date()]
    people = {one["id"]: one for one in month.resources if one["resourceType"] != "Encounter"}

    def plant(person: str, number: int | None, rule: str) -> str:
        one = None if number is None else patient(number)
        month.planted.append(Planted(person, one, rule))
        return one or ""

    def expect(number: int, day: date, clinician: str = "ocampo", status: str = "finished") -> None:
        month.resources.append(visit(f"x{number}", clinician, number, at(day, 16), status))

    # A nurse reads somebody of her family, who is in the clinic that day.
    people["p0"]["name"][0]["family"] = "Zwicker-Hale"
    expect(0, days[3])
    month.read(at(days[3], 12), "zwicker", plant("zwicker", 0, "family-name"))
    # A scheduler reads a colleague's chart.
    people["p1"] |= {"name": people["raman"]["name"], "birthDate": people["raman"]["birthDate"]}
    month.read(at(days[4], 13), "whitfield", plant("whitfield", 1, "co-worker"))
    # A nurse reads somebody well known, who is in the clinic that day.
    people["p2"]["meta"] = {"security": [{"code": "VIP"}]}
    expect(2, days[5])
    month.read(at(days[5], 14), "adeyemi", plant("adeyemi", 2, "special-patient"))
    # A scheduler reads who lives at her address.
    people["quist"]["address"] = people["p3"]["address"]
    month.read(at(days[6], 12), "quist", plant("quist", 3, "same-home"))
    # A resident had a visit entered to open a chart, and had it called off again.
    expect(4, days[7], "raman", "cancelled")
    month.read(at(days[7], 15), "raman", plant("raman", 4, "no-relation"))
    # A scheduler goes through many charts in a day.
    for number in range(130):
        month.read(at(days[8], 8 + number / 12), "whitfield", patient(20 + 2 * number))
    plant("whitfield", None, "many-charts")
    # The coder reads somebody the officer watches over, at night.
    month.read(at(days[9], 2.5), "fischer", plant("fischer", 5, "watched-patient"))
    # Somebody reads their own chart.
    people["p6"]["identifier"] = people["miller"]["identifier"] = [{"system": "s", "value": "7"}]
    expect(6, days[10])
    month.read(at(days[10], 12), "miller", plant("miller", 6, "own-chart"))
    # A nurse tries again and again.
    for minutes in range(3):
        month.denied(at(days[11], 13 + minutes / 60), "miller", plant("miller", 7, "refused"))
    month.planted[:] = list(dict.fromkeys(month.planted))
    # A doctor makes emergency access a habit.
    for number in range(6):
        month.emergency(at(days[12 + number], 12), "taylor", patient(8 + number))
    plant("taylor", None, "emergency-often")
    # A nurse tries chart after chart.
    for number in range(5):
        month.denied(at(days[13], 9 + number / 60), "adeyemi", patient(14 + number))
    plant("adeyemi", None, "refused-often")
    # The coder reads somebody who died half a year ago.
    people["p19"]["deceasedDateTime"] = (days[0] - timedelta(days=180)).isoformat()
    month.read(at(days[14], 12), "fischer", plant("fischer", 19, "after-death"))
