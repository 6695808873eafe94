"""The closed code lists of the contract: countries (ISO 3166) and currencies (ISO 4217)."""

from functools import cache

import pycountry
from babel import Locale

#: Codes the contract allows beside ISO 3166: the European Union and Kosovo.
EXTRA_PARTIES = frozenset({"EU", "XKX"})


@cache
def country_codes() -> frozenset[str]:
    """ISO 3166-1 alpha-3 codes in force, the withdrawn ones of ISO 3166-3, and `XKX`."""
    current = {country.alpha_3 for country in pycountry.countries}
    withdrawn = {country.alpha_3 for country in pycountry.historic_countries}
    return frozenset(current | withdrawn | {"XKX"})


@cache
def party_codes() -> frozenset[str]:
    """What a state party may carry as its code: a country code or `EU`."""
    return country_codes() | EXTRA_PARTIES


@cache
def currency_codes() -> frozenset[str]:
    """ISO 4217 codes, in force (pycountry) and withdrawn (the Unicode CLDR list that babel carries), and `XBT`."""
    current = {currency.alpha_3 for currency in pycountry.currencies}
    return frozenset(current | set(Locale("en").currencies) | {"XBT"})
