"""Putting the workspace together: one FastAPI application over one running Wardround."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from wardround.bootstrap import Wardround
from wardround.interfaces.web import errors
from wardround.interfaces.web.access import router as access
from wardround.interfaces.web.access_asked import router as access_asked
from wardround.interfaces.web.account import router as account
from wardround.interfaces.web.account_requests import router as account_requests
from wardround.interfaces.web.adoption import router as adoption
from wardround.interfaces.web.agreements import router as agreements
from wardround.interfaces.web.api import router as api
from wardround.interfaces.web.assessments import router as assessments
from wardround.interfaces.web.assets import router as assets
from wardround.interfaces.web.billing import router as billing
from wardround.interfaces.web.billing_answers import router as billing_answers
from wardround.interfaces.web.billing_batches import router as billing_batches
from wardround.interfaces.web.billing_claim import router as billing_claim
from wardround.interfaces.web.billing_correcting import router as billing_correcting
from wardround.interfaces.web.billing_drafts import router as billing_drafts
from wardround.interfaces.web.body_limit import BodyLimit
from wardround.interfaces.web.breach_deeds import router as breach_deeds
from wardround.interfaces.web.breach_letters import router as breach_letters
from wardround.interfaces.web.breaches import router as breaches
from wardround.interfaces.web.calls import router as calls
from wardround.interfaces.web.chart import router as chart
from wardround.interfaces.web.codes import router as codes
from wardround.interfaces.web.complaint_deeds import router as complaint_deeds
from wardround.interfaces.web.complaints import router as complaints
from wardround.interfaces.web.consents import letters
from wardround.interfaces.web.consents import router as consents
from wardround.interfaces.web.deidentify import router as deidentify
from wardround.interfaces.web.disclosures import router as disclosures
from wardround.interfaces.web.emergencies import router as emergencies
from wardround.interfaces.web.emergency import router as emergency
from wardround.interfaces.web.findings import router as findings
from wardround.interfaces.web.holds import router as holds
from wardround.interfaces.web.inbox import router as inbox
from wardround.interfaces.web.measures import router as measures
from wardround.interfaces.web.model_card import router as model_card
from wardround.interfaces.web.models import router as models
from wardround.interfaces.web.monitoring import router as monitoring
from wardround.interfaces.web.navigation import first_page
from wardround.interfaces.web.pace import Pace
from wardround.interfaces.web.pages import Pages
from wardround.interfaces.web.patients import router as patients
from wardround.interfaces.web.pictures import router as pictures
from wardround.interfaces.web.privacy import router as privacy
from wardround.interfaces.web.problem import router as problem
from wardround.interfaces.web.provider import router as provider
from wardround.interfaces.web.queries import router as queries
from wardround.interfaces.web.resources import router as resources
from wardround.interfaces.web.retention import router as retention
from wardround.interfaces.web.review import router as review
from wardround.interfaces.web.safeguards import router as safeguards
from wardround.interfaces.web.second_factor import router as second_factor
from wardround.interfaces.web.security_headers import SecurityHeaders
from wardround.interfaces.web.sending import router as sending
from wardround.interfaces.web.service_tokens import router as service_tokens
from wardround.interfaces.web.sign_in import router as sign_in
from wardround.interfaces.web.signed_in import Here
from wardround.interfaces.web.slide_results import router as slide_results
from wardround.interfaces.web.slides import router as slides
from wardround.interfaces.web.staff import router as staff
from wardround.interfaces.web.studies import router as studies
from wardround.interfaces.web.theme import router as theme
from wardround.interfaces.web.trail import router as trail
from wardround.interfaces.web.trust import router as trust
from wardround.interfaces.web.visits import router as visits
from wardround.interfaces.web.whence import Whence
from wardround.interfaces.web.worklist import router as worklist

STATIC = Path(__file__).parent / "static"


def create_app(wardround: Wardround) -> FastAPI:
    """Return the workspace over ``wardround``, which the caller starts and stops."""
    app = FastAPI(
        title="Wardround", docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False
    )
    app.state.wardround = wardround
    app.state.pages = Pages(wardround.capabilities)
    app.state.pace = Pace()
    errors.install(app)
    charts = (
        visits,
        inbox,
        worklist,
        review,
        codes,
        queries,
        problem,
        trust,
        patients,
        chart,
        assessments,
        studies,
        pictures,
        findings,
        slide_results,
        slides,
        measures,
        sending,
        emergency,
        consents,
        resources,
    )
    registers = (
        privacy,
        emergencies,
        breaches,
        breach_deeds,
        breach_letters,
        access,
        access_asked,
        disclosures,
        account_requests,
        holds,
        retention,
        agreements,
        calls,
        safeguards,
        assets,
        letters,
        trail,
        deidentify,
        complaints,
        complaint_deeds,
    )
    governed = (models, model_card, monitoring, adoption)
    claims = (billing_claim, billing_correcting, billing_drafts)
    billed = (billing, billing_answers, billing_batches, *claims)
    entrance = (sign_in, second_factor, provider, account, staff, service_tokens, api)
    for room in (*entrance, *charts, *governed, *billed, *registers, theme):
        app.include_router(room)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_api_route("/", _begin, methods=["GET"])
    app.add_middleware(BodyLimit)
    app.add_middleware(errors.Unforeseen, pages=app.state.pages)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(Whence)
    return app


def _begin(here: Here) -> Response:
    """Lead to where this person's work begins."""
    return RedirectResponse(first_page(here.actor.role, here.may), 303)
