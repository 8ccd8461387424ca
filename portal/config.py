"""Settings, read once from the environment; a wrong one is refused by name before anything starts."""

from enum import StrEnum
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError


class Mode(StrEnum):
    """Development and demo make what they lack; production refuses to."""

    DEVELOPMENT = "development"
    DEMO = "demo"
    PRODUCTION = "production"


class SettingsWrong(Exception):
    """One or more settings cannot be used; the message names each and the mend."""


HOME = Path(".portal")


class Settings(BaseSettings):
    """The one table of settings; docs/settings.md says the same to people."""

    model_config = SettingsConfigDict(env_prefix="PORTAL_", extra="ignore", populate_by_name=True)

    mode: Mode = Mode.DEVELOPMENT
    database_url: str = Field(default="", validation_alias="DATABASE_URL")
    keys_file: Path | None = None
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535, validation_alias="PORT")
    public_url: str = ""
    trusted_hosts: str = ""
    proxies: int = Field(default=0, ge=0, le=5)
    threads: int = Field(default=8, ge=1, le=64)
    workers: int = Field(default=1, ge=1, le=64)
    sqlite_synchronous: Literal["FULL", "NORMAL"] = "FULL"
    password_cost: Literal["full", "low"] = "full"
    club_name: str = "My club"
    club_zone: str = "Europe/Vilnius"
    club_currency: str = Field(default="EUR", pattern="^[A-Z]{3}$")
    phone_country: str = Field(default="", pattern="^([1-9][0-9]{0,2})?$")
    terms_version: str = Field(default="1", min_length=1, max_length=40)
    terms_url: str = Field(default="", pattern="^(https?://.+)?$")
    smtp_host: str = ""
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_user: str = ""
    smtp_password: str = Field(default="", repr=False)
    smtp_starttls: bool = True
    mail_from: str = ""
    provider_url: str = Field(default="", pattern="^(https?://[^/]+.*)?$")
    provider_secret: str = Field(default="", repr=False)

    @field_validator("club_zone")
    @classmethod
    def _zone_exists(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("is no time zone; use a name such as Europe/Vilnius")
        return value

    @field_validator("database_url")
    @classmethod
    def _database_is_one_of_two(cls, value: str) -> str:
        try:
            backend = make_url(value).get_backend_name() if value else "sqlite"
        except ArgumentError:
            backend = ""
        if backend not in {"sqlite", "postgresql"}:
            raise ValueError("must begin with sqlite:/// or postgresql://")
        return value

    @model_validator(mode="after")
    def _fill_or_refuse(self) -> Self:
        if self.mode is Mode.PRODUCTION:
            self._refuse_what_production_lacks()
        if self.smtp_host and "@" not in self.mail_from:
            raise ValueError("PORTAL_SMTP_HOST needs PORTAL_MAIL_FROM, the address that mail comes from")
        self.database_url = self.database_url or f"sqlite:///{(HOME / 'data' / 'portal.db').absolute()}"
        self.keys_file = self.keys_file or (HOME / "keys" / "portal.keys").absolute()
        self.public_url = (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")
        return self

    def _refuse_what_production_lacks(self) -> None:
        needed = {"DATABASE_URL": self.database_url, "PORTAL_KEYS_FILE": self.keys_file}
        missing = [name for name, value in needed.items() if not value]
        if missing:
            raise ValueError(f"production needs {' and '.join(missing)}")
        if self.provider_url and not (self.provider_url.startswith("https://") and self.provider_secret):
            raise ValueError("PORTAL_PROVIDER_URL needs https:// and PORTAL_PROVIDER_SECRET in production")
        if not self.public_url.startswith("https://"):
            raise ValueError("production needs PORTAL_PUBLIC_URL, the https:// address that people use")

    @property
    def is_production(self) -> bool:
        """Whether cookies are locked to https and nothing is made up that is missing."""
        return self.mode is Mode.PRODUCTION

    @property
    def promises_mail(self) -> bool:
        """Whether people may be told to look at their mail; outside of production it waits."""
        return bool(self.smtp_host) or not self.is_production

    @property
    def keys_path(self) -> Path:
        """Where the keys are; outside the database's folder, so that one lost backup is not both."""
        assert self.keys_file is not None
        return self.keys_file

    @property
    def hosts(self) -> list[str]:
        """The host names that requests may ask for."""
        named = [host.strip() for host in self.trusted_hosts.split(",") if host.strip()]
        return named or [urlsplit(self.public_url).hostname or "localhost", "localhost", "127.0.0.1"]


def read() -> Settings:
    """The settings of this process; raises SettingsWrong with one line per fault."""
    try:
        return Settings()
    except ValidationError as wrong:
        raise SettingsWrong("\n".join(_line(error) for error in wrong.errors())) from None


def environment(settings: Settings) -> dict[str, str]:
    """The same settings as environment variables, for a process that is started with them."""
    values = {environment_name(field): getattr(settings, field) for field in Settings.model_fields}
    return {name: str(value) for name, value in values.items()}


def environment_name(field: str) -> str:
    """The variable that sets a field."""
    alias = Settings.model_fields[field].validation_alias
    return alias if isinstance(alias, str) else f"PORTAL_{field.upper()}"


def _line(error: ErrorDetails) -> str:
    words = error["msg"].removeprefix("Value error, ")
    if not error["loc"]:
        return f"Settings: {words}"
    field = str(error["loc"][0])
    return f"{field if field.isupper() else environment_name(field)}: {words}"
