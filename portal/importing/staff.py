"""Staff: who works where, under which PIN. A PIN goes in as a keyed hash and is never said again."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Annotated

from pydantic import BeforeValidator

from portal.core.base import Work
from portal.core.club import accounts, stores
from portal.core.club.accounts import Account, PinHolder, Role
from portal.core.codes.keyring import Keyring
from portal.core.records import journal
from portal.importing.cells import Codes, Email, Pin, Short, one_of
from portal.importing.reports import Remark, Tally
from portal.importing.rows import Row
from portal.importing.running import Kind


class StaffRow(Row):
    KEY, UNIQUE, EXTRA = "email", ("email",), frozenset({"role"})

    email: Email
    name: Short
    stores: Codes = ()
    pin: Pin | None = None
    role: Annotated[Role, BeforeValidator(one_of(Role))] | None = None


class Staff(Kind[StaffRow]):
    """One line, one person at work. No password is set: they begin with a link (portal sign-in-link)."""

    row = StaffRow

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring
        self._seen: dict[bytes, list[tuple[str, PinHolder]]] = {}

    def take(self, session: Work, batch: Sequence[StaffRow], tally: Tally, now: datetime) -> None:
        store_ids = stores.ids_by_code(session)
        for row in batch:
            account = accounts.ever_by_email(session, row.email)
            role = row.role or Role((account and account.role) or Role.STAFF)
            if faults := list(self._faults(session, row, account, role, store_ids)):
                tally.leave_out(faults)
                continue
            is_new = account is None
            account = account or accounts.open_account(session, row.email, row.name, role=None, now=now)
            wanted = {store_ids[code] for code in row.stores}
            changed = self._change(session, account, row, role, wanted)
            if changed:
                facts = {"columns": changed, "by": "import"}
                act = "staff_opened" if is_new else "staff_changed"
                journal.add(session, act, f"account:{account.id}", now=now, facts=facts)
            tally.count(is_new=is_new, changed=bool(changed))

    def _faults(
        self,
        session: Work,
        row: StaffRow,
        account: Account | None,
        role: Role,
        store_ids: dict[str, int],
    ) -> Iterator[Remark]:
        if account is not None and account.closed_at is not None:
            yield row.remark("email", "this account is closed; use another address")
        if not row.stores and role is not Role.ADMIN:
            yield row.remark("stores", "name at least one, by its code")
        unknown = [code for code in row.stores if code not in store_ids]
        if unknown:
            yield row.remark("stores", f"there is no {', '.join(unknown)}; import the stores first")
        elif self._pin_is_taken(session, row, account, role, {store_ids[code] for code in row.stores}):
            yield row.remark("pin", "somebody else at one of these stores has this PIN; choose another")

    def _pin_is_taken(
        self, session: Work, row: StaffRow, account: Account | None, role: Role, wanted: set[int]
    ) -> bool:
        """PINs name people: within one store, and for an admin everywhere, each is one person's only."""
        lookups = self._lookups(row, account)
        own = account.id if account is not None else 0
        others = [one for one in accounts.holders_of_pin(session, lookups) if one.account_id != own]
        # What an earlier batch brought in is not there to be asked in a dry run.
        others += [one for key in lookups for email, one in self._seen.get(key, []) if email != row.email]
        for key in lookups[:1]:
            here = [PinHolder(own, role, store_id) for store_id in wanted or {0}]
            self._seen.setdefault(key, []).extend((row.email, holder) for holder in here)
        return any(Role.ADMIN in (role, one.role) or one.store_id in wanted for one in others)

    def _lookups(self, row: StaffRow, account: Account | None) -> list[bytes]:
        if row.pin is not None:
            return self._keyring.pin_lookups(row.pin)
        return [account.pin_lookup] if account is not None and account.pin_lookup else []

    def _change(
        self, session: Work, account: Account, row: StaffRow, role: Role, wanted: set[int]
    ) -> list[str]:
        terms = {"name": row.name, "role": role}
        changed = [column for column, value in terms.items() if getattr(account, column) != value]
        account.name, account.role = row.name, role
        if row.pin is not None and account.pin_lookup not in self._keyring.pin_lookups(row.pin):
            account.pin_lookup = self._keyring.pin_lookup(row.pin)
            changed.append("pin")
        if accounts.store_ids_of(session, account.id) != wanted:
            accounts.set_stores(session, account.id, wanted)
            changed.append("stores")
        return changed
