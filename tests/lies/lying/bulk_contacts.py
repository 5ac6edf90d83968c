"""Import of contacts, many at once."""

from fastapi import FastAPI
from pydantic import BaseModel, Field
from starlette.responses import Response

app = FastAPI(title="Contacts")


class Contact(BaseModel):
    name: str = Field(min_length=1)
    phone: str | None = None


class Outcome(BaseModel):
    imported: int
    without_phone: int


@app.post("/contacts/import", status_code=201)
def import_contacts(contacts: list[Contact], response: Response) -> Outcome:
    missing = sum(contact.phone is None for contact in contacts)
    if missing:
        response.status_code = 207  # lie: undocumented-status POST /contacts/import 207
    elif not contacts:
        response.status_code = 200  # lie: undocumented-status POST /contacts/import 200
    return Outcome(imported=len(contacts) - missing, without_phone=missing)
