"""The watch over models in use: what fires, for whom, by which rule, and how sure that is."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from wardround.bootstrap import watch_models
from wardround.governance.watch import Look, Looks, control_chart, sparkline
from wardround.interfaces.web.forms import SentForm
from wardround.interfaces.web.pages import render
from wardround.interfaces.web.people import Names
from wardround.interfaces.web.signed_in import Here
from wardround.kernel import NotFound
from wardround.security import Action

router = APIRouter(prefix="/monitoring")

INPUTS = ("input shift", "distribution (PSI)", "missing")


@router.get("")
def show(request: Request, here: Here) -> Response:
    """Show every model that drafted anything, those with a check that fires first."""
    here.require(Action.SEE_MODELS)
    with here.wardround.database.read() as tx:
        looks = sorted(Looks(tx).latest(), key=lambda one: not one.found.fired)
    return render(request, "monitoring.html", looks=looks, names=Names(here.wardround.database))


@router.post("")
def look_now(here: Here, form: SentForm) -> Response:
    """Look at every model now."""
    del form
    here.require(Action.SWITCH_MODELS)
    watch_models(here.wardround, here.actor)
    return RedirectResponse("/monitoring", 303)


@router.get("/{model}")
def show_one(request: Request, here: Here, model: str) -> Response:
    """Show the last look at a model: its charts, its inputs, its rates, and the looks before."""
    here.require(Action.SEE_MODELS)
    with here.wardround.database.read() as tx:
        looks = Looks(tx).of(model)
    if not looks:
        raise NotFound("Nothing was looked at yet of such a model.", mend="Look at the list.")
    checks = looks[0].found.checks
    outputs = [one for one in checks if one.kind == "calibration" or one.subject == "Predictions"]
    inputs = [one for one in checks if one.kind in INPUTS and one not in outputs]
    drawn = [one for one in checks if one.path and (one.fires or one in outputs)]
    return render(
        request,
        "monitoring_model.html",
        look=looks[0],
        before=looks[1:],
        inputs=inputs,
        outputs=outputs,
        rates=[one for one in checks if one not in inputs and one not in outputs],
        charts=[(one, control_chart(one)) for one in drawn],
        sparkline=sparkline,
        summary=summary(looks[0]),
        names=Names(here.wardround.database),
    )


def summary(look: Look) -> str:
    """Return in a sentence what fires."""
    fired = look.found.fired
    if not fired:
        return "No check fires."
    said = [f"{one.subject}: {one.said}" for one in fired]
    return f"{len(fired)} of {len(look.found.checks)} checks fire. {' '.join(said)}"
