"""Rules as data: TOML files of `[[rule]]` tables, each with sentences that must match and sentences that must not."""

import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from extractor.errors import RuleError

RuleId = Annotated[str, StringConstraints(pattern=r"^[a-z_]+(\.[a-z0-9_]+)+$")]


class Rule(BaseModel):
    """What every rule has. A record type adds its own keys in a subclass; unknown keys are refused.

    `match` sentences must yield a record that cites the rule's id in its evidence; `no_match` sentences must not.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: RuleId
    note: str = ""
    #: spaCy token patterns (alternatives), see https://spacy.io/usage/rule-based-matching.
    patterns: list[list[dict[str, Any]]] = Field(default_factory=list)
    match: list[str] = Field(min_length=1)
    no_match: list[str] = Field(min_length=1)


def load_rules[R: Rule](path: Path, kind: type[R]) -> list[R]:
    """Read one rule file. Raises `RuleError` with the file, the rule and what is wrong."""
    with path.open("rb") as handle:
        table = tomllib.load(handle)
    unknown = set(table) - {"rule"}
    if unknown:
        raise RuleError(f"{path.name}: unknown table {sorted(unknown)[0]!r}", hint="a rule file holds [[rule]] tables")
    rules: list[R] = []
    seen: set[str] = set()
    for raw in table.get("rule", []):
        try:
            rule = kind.model_validate(raw)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            raise RuleError(f"{path.name}: rule {raw.get('id', '?')!r}: {where}: {first['msg']}") from error
        if rule.id in seen:
            raise RuleError(
                f"{path.name}: the rule id {rule.id!r} stands twice", hint="ids are unique and never reused"
            )
        seen.add(rule.id)
        rules.append(rule)
    return rules


@cache
def rule_files() -> tuple[Path, ...]:
    """Every rule file of the package, in a fixed order."""
    root = Path(str(files("extractor")))
    return tuple(sorted(root.glob("**/rules.toml")))
