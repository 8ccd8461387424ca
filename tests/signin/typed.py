"""What people type at the front step."""

from tests.signin.conftest import PASSWORD


def right(name: str, **more: str) -> dict[str, str]:
    return {"email": f"{name}@example.com", "password": PASSWORD, **more}


def wrong(name: str) -> dict[str, str]:
    return {"email": f"{name}@example.com", "password": "not this one"}
