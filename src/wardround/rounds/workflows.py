"""Durable workflows: what carries an order through its steps, whatever happens to the process.

DBOS checkpoints each step in its own database. All it ever holds is ids and state words, as JSON
(its own default would pickle); the content lives in the record and in the draft store.
"""

import logging
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from wardround.kernel import Unavailable

log = logging.getLogger(__name__)

QUEUE = "drafting"
VERSION = "rounds-1"
"""Workflows begun by an older process are taken up while this stays; change it with the steps."""

GO_ON = "go on"
"""What a step returns for the next one to run; anything else ends the workflow."""

Step = tuple[str, Callable[[str], str]]
"""A name and what it does with the order's id; it may run again, so it must be idempotent."""


class Workflows:
    """Runs the steps of an order in turn, resuming after a crash where they were."""

    def __init__(self, url: str, steps: Sequence[Step], *, workers: int | None = None) -> None:
        self._url = url
        self._steps = tuple(steps)
        self._workers = workers or 2 * (os.cpu_count() or 1)
        self._run: Callable[[str], str] | None = None

    def start(self) -> None:
        """Open the workflow database and take up what an earlier process left."""
        from dbos import DBOS, DBOSPortableJSONSerializer, StepOptions

        logging.getLogger("dbos").setLevel(logging.WARNING)
        _keep_to_us(self._url)
        DBOS(
            config={
                "name": "wardround",
                "system_database_url": self._url,
                "application_version": VERSION,
                "serializer": DBOSPortableJSONSerializer(),
                "log_level": "WARNING",
                "notification_listener_polling_interval_sec": 0.1,
            }
        )

        # DBOS would count how often a workflow was handed out before a process died, begun or not.
        # What kills its process is known by the steps it began, so every workflow is taken up.
        @DBOS.workflow(name="round", max_recovery_attempts=None)
        def run(order_id: str) -> str:
            outcome = GO_ON
            for name, step in self._steps:
                if outcome == GO_ON:
                    # What a step cannot handle (a locked database, a full disk) may pass. If it
                    # does not, the order waits as it is for the next start, which fails it.
                    options: StepOptions = {"name": name, "retries_allowed": True}
                    outcome = DBOS.run_step(options, _quietly, step, order_id)
            return outcome

        self._run = run
        DBOS.launch()
        DBOS.register_queue(QUEUE, worker_concurrency=self._workers, polling_interval_sec=0.1)

    def submit(self, workflow: str, order_id: str) -> None:
        """Queue the workflow ``workflow`` for an order; the same workflow twice runs once."""
        from dbos import DBOS, SetWorkflowID

        if self._run is None:
            raise Unavailable("Drafting is not running.")
        with SetWorkflowID(workflow):
            DBOS.enqueue_workflow(QUEUE, self._run, order_id)

    def gave_up(self, workflow: str) -> bool:
        """Whether the workflow ended without an outcome and will not be taken up again."""
        from dbos import DBOS

        status = DBOS.get_workflow_status(workflow)
        return status is not None and status.status in {
            "ERROR",
            "CANCELLED",
            "MAX_RECOVERY_ATTEMPTS_EXCEEDED",
        }

    def stop(self) -> None:
        """Close the workflow database; what is unfinished waits for the next start."""
        from dbos import DBOS

        DBOS.destroy(destroy_registry=True)
        self._run = None


def _quietly(step: Callable[[str], str], order_id: str) -> str:
    """Run a step; of an error only its kind is told, for its text may quote a patient."""
    try:
        return step(order_id)
    except Exception as error:  # noqa: BLE001 (DBOS keeps what is raised, whatever it is)
        log.error("a step of a workflow failed: %s", type(error).__name__)  # noqa: TRY400
        raise Unavailable(f"A step failed: {type(error).__name__}.") from None


def _keep_to_us(url: str) -> None:
    """Make the file of the workflows before DBOS does: it would let everybody read it."""
    if url.startswith("sqlite:///"):
        with suppress(OSError):
            Path(url.removeprefix("sqlite:///")).touch(mode=0o600)
