import re
from pathlib import Path

import wardround.security
from wardround.database import Database
from wardround.kernel import Role
from wardround.security import AuditTrail, People

README = Path(wardround.security.__file__).with_name("README.md")


def test_the_example_runs(database: Database) -> None:
    (example,) = re.findall(r"^```python\n(.*?)^```$", README.read_text(), re.MULTILINE | re.DOTALL)
    with database.begin() as tx:
        password = "a sentence of a few words"
        People(tx).add("amara", "Amara Osei", Role.CLINICIAN, "Practitioner/1", password)
    names = {name: getattr(wardround.security, name) for name in wardround.security.__all__}
    exec(example, names | {"database": database})
    with database.read() as tx:
        assert [event.action for event in AuditTrail(tx).list()] == ["sign", "sign-in"]
