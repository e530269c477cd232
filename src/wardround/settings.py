"""The only place where configuration is read: the environment, under ``WARDROUND_``."""

from functools import cached_property
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from wardround.kernel import InvalidInput

_NEAR = ("", "localhost", "127.0.0.1", "::1")
"""Hosts of a database that is on this machine."""


class Settings(BaseSettings):
    """Where Wardround keeps its data, and where it listens."""

    model_config = SettingsConfigDict(env_prefix="WARDROUND_", extra="ignore", frozen=True)

    home: Path = Field(
        default=Path("var"),
        description="Folder for everything Wardround keeps on disk: databases and blobs.",
    )
    database: SecretStr | None = Field(
        default=None,
        description=(
            "Database of the record, as a URL: `postgresql://…`, or `sqlite:///…`. A server on "
            "another machine is asked over TLS, its certificate checked, unless the URL says "
            "`sslmode=` otherwise. Default: `wardround.db` in the home folder."
        ),
    )
    workflows: SecretStr | None = Field(
        default=None,
        description=(
            "Database of the durable workflows, as a URL. Default: the PostgreSQL server of "
            "`WARDROUND_DATABASE` (schema `dbos`), or `workflows.db` in the home folder."
        ),
    )
    host: str = Field(default="127.0.0.1", description="Address the server listens on.")
    port: int = Field(default=8420, ge=1, le=65535, description="Port the server listens on.")
    egress: Literal["refuse", "deidentify"] = Field(
        default="refuse",
        description=(
            "What is done with PHI that would go to a recipient without an agreement in force: "
            "`refuse` the call, or `deidentify` what it carries and put the names back into the "
            "answer."
        ),
    )
    private_networks: str = Field(
        default="",
        description=(
            "Networks of the clinic that PHI may be sent to, such as `10.20.0.0/16, fd12::/16`. "
            "Default: none but this machine."
        ),
    )
    recording_consent: Literal["assumed", "required"] = Field(
        default="assumed",
        description=(
            "Whether a patient's consent to recording must be on record before a note is drafted "
            "from a visit: `required`, or `assumed` until they say no. A no always counts."
        ),
    )
    research_consent: Literal["assumed", "required"] = Field(
        default="assumed",
        description=(
            "Whether a patient's consent to research must be on record before data of theirs, even "
            "without their name, goes out for it: `required`, or `assumed` until they say no."
        ),
    )
    messaging_consent: Literal["assumed", "required"] = Field(
        default="required",
        description=(
            "Whether a patient's consent must be on record before they are written to by e-mail or "
            "text message: `required`, or `assumed` until they say no."
        ),
    )
    keep_recordings_days: int | None = Field(
        default=None,
        ge=1,
        le=36_500,
        description=(
            "Days after its note was signed until `wardround retain --apply` destroys a recording. "
            "Default: it is kept as long as the chart."
        ),
    )
    keep_unsigned_days: int | None = Field(
        default=None,
        ge=1,
        le=36_500,
        description=(
            "Days until `wardround retain --apply` destroys a draft that was rejected or could not "
            "be made, and an order that failed, with what was handed in. Default: they are kept."
        ),
    )
    keep_registers_days: int | None = Field(
        default=None,
        ge=2192,
        le=36_500,
        description=(
            "Days after it was last in force until `wardround retain --apply` destroys an entry of "
            "the registers (disclosures, emergency access, legal holds, agreements): 2,192, which "
            "is six years, or more. Default: they are kept."
        ),
    )
    claims_sender: str = Field(
        default="",
        description="Who sends claim files: `ID, name, contact person, telephone`.",
    )
    claims_receiver: str = Field(default="", description="Who receives claim files: `ID, name`.")
    claims_usage: Literal["test", "production"] = Field(
        default="test", description="What claim files say that they are (ISA15)."
    )
    language: str = Field(
        default="",
        description=(
            "Address of a language model's chat endpoint, such as `https://llm.example/v1/`: it "
            "chooses among the codes that were found in a note. Default: none is asked."
        ),
    )
    language_model: str = Field(default="", description="The model that the endpoint is to use.")
    language_token: SecretStr | None = Field(default=None, description="Its bearer token, if any.")
    onnx_provider: Literal["cpu", "cuda", "tensorrt", "rocm", "openvino", "directml", "coreml"] = (
        Field(
            default="cpu",
            description=(
                "What onnxruntime runs models of images on: `cpu`, `cuda`, `tensorrt`, `rocm`, "
                "`openvino`, `directml` or `coreml`. One that the installed onnxruntime has not is "
                "refused at the start; nothing is run elsewhere instead."
            ),
        )
    )
    archive: str = Field(
        default="",
        description=(
            "Address of the image archive's DICOMweb service, such as "
            "`https://pacs.example/dicom-web/`: signed reports are sent to it. Default: none."
        ),
    )
    archive_authorization: SecretStr | None = Field(
        default=None, description="What its `Authorization` header is to say, such as `Bearer …`."
    )
    record_numbers: str = Field(
        default="",
        description=(
            "Shapes of the clinic's own record numbers, to be found in text without a label, such "
            "as `E#######, @@-######`: `#` is a figure, `@` a letter, everything else itself."
        ),
    )
    certificate_authorities: Path | None = Field(
        default=None,
        description=(
            "PEM file of the clinic's own certificate authorities, for calls it makes and for a "
            "database on another machine."
        ),
    )
    tls_certificate: Path | None = Field(
        default=None,
        description="PEM file of the server's certificate and its chain; then it speaks https.",
    )
    tls_key: Path | None = Field(
        default=None,
        description="PEM file of the certificate's key. Default: in the certificate's own file.",
    )
    behind_proxy: str | None = Field(
        default=None,
        description=(
            "Addresses of the proxy that ends TLS before the server, such as `10.0.0.2`: who asks, "
            "and that it was over https, is then taken from its word, and from nobody else's."
        ),
    )
    public_address: str = Field(
        default="",
        description=(
            "Address that browsers know Wardround by, such as `https://ward.example`: passkeys "
            "are bound to it, and the identity provider sends people back to it. Default: the one "
            "that each request came to."
        ),
    )
    second_factor_for: str = Field(
        default="administrator, privacy officer",
        description=(
            "Roles that must sign in with a second factor, separated by commas; everybody else "
            "may. The demo asks nobody."
        ),
    )
    oidc_issuer: str = Field(
        default="",
        description=(
            "Address of the clinic's OpenID Connect provider, such as `https://id.example/ward`. "
            "Default: none; people sign in with a password of their own."
        ),
    )
    oidc_name: str = Field(
        default="the clinic's account",
        description="What the provider is called on the page for signing in.",
    )
    oidc_client: str = Field(
        default="wardround", description="Name this installation is registered under there."
    )
    oidc_secret: SecretStr | None = Field(
        default=None, description="Secret of that registration. Default: none, PKCE alone."
    )
    oidc_username_claim: str = Field(
        default="preferred_username", description="Claim of the ID token that names a person."
    )
    oidc_groups_claim: str = Field(
        default="groups", description="Claim of the ID token that lists a person's groups."
    )
    oidc_roles: str = Field(
        default="",
        description=(
            "The role of each group, the first that fits wins: `ward-doctors=clinician, "
            "ward-nurses=nurse`. Somebody new whose groups give a role gets an account; nobody "
            "else does."
        ),
    )
    session_idle_minutes: int = Field(
        default=30, ge=1, le=720, description="Minutes without a request until a session ends."
    )
    session_hours: int = Field(
        default=12, ge=1, le=24, description="Hours until a session ends in any case."
    )

    care_days: int = Field(
        default=90,
        ge=1,
        le=3650,
        description=(
            "Days before and after a visit in which its people treat the patient, and so may open "
            "the chart. Care teams and a patient's own practitioner count without an end."
        ),
    )
    emergency_hours: int = Field(
        default=4, ge=1, le=72, description="Hours that a chart stays open in an emergency."
    )
    clinic_hours: str = Field(
        default="07:00-19:00",
        description=(
            "When the clinic is open from Monday to Friday. The review of access goes by it for "
            "people whose own usual hours are not known yet."
        ),
    )
    policies: Path | None = Field(
        default=None,
        description=(
            "Folder with Cedar policies of the clinic's own, `*.cedar`; a file there takes the "
            "place of ours that has its name. Default: none but those in `security/policies`."
        ),
    )

    master: str = Field(
        default="file",
        description=(
            "Master key that everything is sealed under in the end: `file` (home/keys/master.key), "
            "`vault:KEY` (a key of HashiCorp Vault's transit engine, extra `vault`) or "
            "`awskms:ARN` (extra `aws`)."
        ),
    )
    vault_address: str = Field(
        default="", description="Address of HashiCorp Vault, such as https://vault.example.org."
    )
    vault_token: SecretStr | None = Field(
        default=None, description="Token that may encrypt and decrypt with that key of Vault."
    )
    kms_address: str = Field(
        default="", description="Address of AWS KMS. Default: that of the key's region."
    )

    @cached_property
    def database_url(self) -> str:
        """The database of the record."""
        if self.database is not None:
            return self._over_tls(self.database.get_secret_value())
        return f"sqlite:///{(self.home / 'wardround.db').resolve()}"

    @cached_property
    def workflows_url(self) -> str:
        """The database of the durable workflows."""
        if self.workflows is not None:
            return self._over_tls(self.workflows.get_secret_value())
        if self.database_url.startswith("postgres"):
            return self.database_url
        return f"sqlite:///{(self.home / 'workflows.db').resolve()}"

    def _over_tls(self, url: str) -> str:
        """Return the URL of a database with what its driver needs to trust no other server.

        Left to itself, it would take an answer in clear where TLS is refused (``sslmode=prefer``).
        """
        try:
            parts = urlsplit(url)
            chosen = dict(parse_qsl(parts.query))
            hosts = [parts.hostname or "", *chosen.get("host", "").split(",")]
        except ValueError:
            return url  # the database says what is wrong with it
        near = all(host in _NEAR or host.startswith("/") for host in hosts)
        if not parts.scheme.startswith("postgres") or near or "sslmode" in chosen:
            return url
        asked = {"sslmode": "verify-full"}
        if "sslrootcert" not in chosen:
            asked["sslrootcert"] = str(self.certificate_authorities or "system")
        return f"{url}{'&' if parts.query else '?'}{urlencode(asked)}"

    @property
    def master_key(self) -> Path:
        """The file of the master key."""
        return self.home / "keys" / "master.key"

    @property
    def checkpoints(self) -> Path:
        """The file of the audit trail's checkpoints."""
        return self.home / "audit" / "checkpoints.jsonl"

    @property
    def blobs(self) -> Path:
        """The folder of recordings, transcripts and other blobs."""
        return self.home / "blobs"


def read_settings() -> Settings:
    """Return the settings from the environment; raise ``InvalidInput`` naming the variable."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        name = "WARDROUND_" + str(first["loc"][0]).upper()
        raise InvalidInput(f"{first['msg']}.", where=name, mend="See docs/settings.md.") from None
