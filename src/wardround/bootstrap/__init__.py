"""The only place where the parts of the house are put together."""

from wardround.bootstrap.adding import add_model, opened_model
from wardround.bootstrap.adoption import adoption_of
from wardround.bootstrap.archive import Sent, is_shipped, send_report, was_sent
from wardround.bootstrap.asking import answer_question, open_questions, send_question
from wardround.bootstrap.backups import check_backup, restore_backup, take_backup
from wardround.bootstrap.cards import Shown, card_here
from wardround.bootstrap.dossier import (
    PACKAGE,
    capabilities_with_papers,
    make_dossier,
    shared_rooms,
    source_tree,
)
from wardround.bootstrap.evidence.probes import LONG_PROBES, PROBES, probe_safeguards
from wardround.bootstrap.feedback import export_feedback
from wardround.bootstrap.house import Wardround, assemble, at_rest, consent_rule
from wardround.bootstrap.inventory import found_models, take_inventory
from wardround.bootstrap.keys import (
    Rotated,
    read_keys,
    rotate_data_keys,
    rotate_master,
    shred_patient,
)
from wardround.bootstrap.masters import open_master
from wardround.bootstrap.measuring import MeasuredImages, is_of_images, measure_images
from wardround.bootstrap.models import (
    Carried,
    card_named,
    carried_cards,
    determinations,
    filled_card,
    functions_of,
)
from wardround.bootstrap.opening import open_database
from wardround.bootstrap.outside import egress_policy
from wardround.bootstrap.oversight import OpenRecord, review_access, review_is_due
from wardround.bootstrap.registering import measure, register_folder
from wardround.bootstrap.registry import digest_of, file_of, keep_models
from wardround.bootstrap.research import Exported, export_research
from wardround.bootstrap.retaining import retain, survey_retention
from wardround.bootstrap.rooms import CAPABILITIES, Finders, load_capabilities
from wardround.bootstrap.sample import load_clinic
from wardround.bootstrap.shadowing import order_in_shadow, read_in_shadow
from wardround.bootstrap.siting import Recalibrated, recalibrate_images
from wardround.bootstrap.trading import (
    LIMITS,
    filing_limits,
    reason_says,
    remark_words,
    scrubber_of,
)
from wardround.bootstrap.trusting import trust_of
from wardround.bootstrap.watching import take_outcomes, watch_is_due, watch_models
from wardround.bootstrap.working import Asking, drafts_about, have_drafted

__all__ = [
    "CAPABILITIES",
    "LIMITS",
    "LONG_PROBES",
    "PACKAGE",
    "PROBES",
    "Asking",
    "Carried",
    "Exported",
    "Finders",
    "MeasuredImages",
    "OpenRecord",
    "Recalibrated",
    "Rotated",
    "Sent",
    "Shown",
    "Wardround",
    "add_model",
    "adoption_of",
    "answer_question",
    "assemble",
    "at_rest",
    "capabilities_with_papers",
    "card_here",
    "card_named",
    "carried_cards",
    "check_backup",
    "consent_rule",
    "determinations",
    "digest_of",
    "drafts_about",
    "egress_policy",
    "export_feedback",
    "export_research",
    "file_of",
    "filing_limits",
    "filled_card",
    "found_models",
    "functions_of",
    "have_drafted",
    "is_of_images",
    "is_shipped",
    "keep_models",
    "load_capabilities",
    "load_clinic",
    "make_dossier",
    "measure",
    "measure_images",
    "open_database",
    "open_master",
    "open_questions",
    "opened_model",
    "order_in_shadow",
    "probe_safeguards",
    "read_in_shadow",
    "read_keys",
    "reason_says",
    "recalibrate_images",
    "register_folder",
    "remark_words",
    "restore_backup",
    "retain",
    "review_access",
    "review_is_due",
    "rotate_data_keys",
    "rotate_master",
    "scrubber_of",
    "send_question",
    "send_report",
    "shared_rooms",
    "shred_patient",
    "source_tree",
    "survey_retention",
    "take_backup",
    "take_inventory",
    "take_outcomes",
    "trust_of",
    "was_sent",
    "watch_is_due",
    "watch_models",
]
