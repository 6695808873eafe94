"""Short names and the names that they stand for."""


def abbreviates(acronym: str, name: str) -> bool:
    """Whether the letters of a short name stand in a name in their order."""
    letters = [c for c in acronym.upper() if c.isalpha()]
    if not 2 <= len(letters) <= 8 or not any(c.isupper() for c in acronym):
        return False
    rest = iter(c for word in name.upper().replace("-", " ").split() for c in word[:4])
    return all(letter in rest for letter in letters)
