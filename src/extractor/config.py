"""Settings: a flag beats an environment variable, which beats `extractor.toml`, which beats the default."""

import tomllib
from typing import Any, Literal

from pydantic import Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from extractor.errors import ConfigError
from extractor.models.explain import one_line

#: What the row of a table may give of an article.
ArticleKey = Literal["text", "id", "title", "published", "publisher", "byline", "url"]


class Settings(BaseSettings):
    """What a user can set. Environment variables carry the prefix `EXTRACTOR_`; `extractor.toml` is read from the working folder."""

    model_config = SettingsConfigDict(env_prefix="EXTRACTOR_", toml_file="extractor.toml", extra="forbid", frozen=True)

    model: str = Field(
        default="en_core_web_md",
        description="spaCy pipeline: the pinned package by default, or any installed pipeline or path.",
        json_schema_extra={"changes_records": True},
    )
    max_chars: int = Field(default=2_000_000, gt=0, description="A longer article becomes an issue.")
    piece_chars: int = Field(
        default=10_000,
        ge=1_000,
        description="A longer article is annotated in pieces of about this many characters.",
        json_schema_extra={"changes_records": True},
    )
    batch_chars: int = Field(default=50_000, gt=0, description="Characters annotated together in one batch.")
    columns: dict[ArticleKey, str] = Field(
        default_factory=dict,
        description="Where tables call them otherwise: the column or key that holds the text, title and so on.",
    )
    jobs: int | None = Field(
        default=None,
        ge=0,
        description="Worker processes: by default one for each core, 0 for none (all in one process, without a time limit).",
    )
    timeout: float = Field(
        default=300, gt=0, allow_inf_nan=False, description="Seconds an article may take before it becomes an issue."
    )
    rejected: bool = Field(
        default=False,
        description="List what was seen and not used, with the reason.",
        json_schema_extra={"changes_records": True},
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Order of precedence; `.env` files and secret folders are not read."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    def changed(self) -> dict[str, object]:
        """The settings that can change a record and differ from their default."""
        out: dict[str, object] = {}
        for name, field in type(self).model_fields.items():
            extra = field.json_schema_extra
            if isinstance(extra, dict) and extra.get("changes_records") and getattr(self, name) != field.default:
                out[name] = getattr(self, name)
        return out


def load_settings(**flags: Any) -> Settings:
    """The settings in force; a flag that is None was not given.

    Raises `ConfigError` that names the setting and what is wrong with it.
    """
    given = {name: value for name, value in flags.items() if value is not None}
    try:
        return Settings(**given)
    except ValidationError as error:
        raise ConfigError(
            f"the setting {one_line(error)}",
            hint="settings come from flags, EXTRACTOR_... variables and extractor.toml",
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"extractor.toml is not well formed: {error}") from error
    except OSError as error:
        raise ConfigError(f"extractor.toml cannot be read: {error.strerror}") from error
