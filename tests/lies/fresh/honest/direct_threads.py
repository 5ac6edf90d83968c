"""Threads of messages between members, read page by page with cursors."""

import base64
import binascii
import json
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, NoReturn
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, FastAPI, Header, HTTPException, Path, Query, Response
from pydantic import BaseModel, Field, model_serializer

MEMBERS = frozenset({"abe", "bea", "cal"})


@dataclass(frozen=True)
class Message:
    id: int
    author: str
    text: str
    edits: int = 0
    deleted: bool = False


@dataclass
class Thread:
    id: int
    topic: str
    members: frozenset[str]
    messages: list[Message] = field(default_factory=list)

    def position(self, message_id: int) -> int:
        """Where the message stands; ids go up and have no gaps of their own."""
        index = bisect_right(self.messages, message_id, key=lambda m: m.id) - 1
        if index < 0 or self.messages[index].id != message_id:
            raise LookupError(message_id)
        return index


class NewThread(BaseModel):
    topic: Annotated[str, Field(min_length=1, max_length=80)]
    invite: Annotated[list[Annotated[str, Field(pattern="^[a-z]{3}$")]], Field(max_length=10)] = []


class NewMessage(BaseModel):
    text: Annotated[str, Field(max_length=1000)]


class ThreadOut(BaseModel):
    id: int
    topic: str
    members: list[str]
    messages: int


class MessageOut(BaseModel):
    id: int
    author: str
    text: str | None
    edits: int


class Tombstone(BaseModel):
    id: int
    gone: bool = True


class Entry(BaseModel):
    """A message, or what is left of it."""

    message: Message = Field(exclude=True)

    @model_serializer
    def show(self) -> MessageOut | Tombstone:
        if self.message.deleted:
            return Tombstone(id=self.message.id)
        return MessageOut(
            id=self.message.id, author=self.message.author, text=self.message.text, edits=self.message.edits
        )


class MessagePage(BaseModel):
    entries: list[MessageOut | Tombstone]
    next: str | None


class Detail(BaseModel):
    detail: str


class Cursor:
    """Where a page begins, opaque to those who pass it on."""

    def __init__(self, thread: int, after: int) -> None:
        self.thread = thread
        self.after = after

    def __str__(self) -> str:
        return base64.urlsafe_b64encode(json.dumps([self.thread, self.after]).encode()).decode().rstrip("=")

    @classmethod
    def parse(cls, text: str) -> "Cursor":
        try:
            raw = base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
            thread, after = json.loads(raw)
        except (UnicodeError, binascii.Error, ValueError, TypeError, RecursionError) as error:
            raise ValueError("not a cursor") from error
        if not (type(thread) is int and type(after) is int):
            raise ValueError("not a cursor of ours")
        return cls(thread, after)


threads: dict[int, Thread] = {1: Thread(1, "Welcome", MEMBERS, [Message(1, "abe", "Hello"), Message(2, "bea", "Hi")])}


def refuse(status: int, why: str) -> NoReturn:
    raise HTTPException(status, why)


def responses(**texts: str) -> dict[int | str, dict[str, Any]]:
    return {int(name[1:]): {"model": Detail, "description": text} for name, text in texts.items()}


Me = Annotated[str, Header(alias="X-Member", pattern="^[a-z]{3}$")]
Number = Annotated[int, Path(ge=1)]


def member(me: Me) -> str:
    return me if me in MEMBERS else refuse(403, "Not a member")


Member = Annotated[str, Depends(member)]


def thread(thread_id: Number, me: Member) -> Thread:
    found = threads.get(thread_id) or refuse(404, "No such thread")
    if me not in found.members:
        refuse(403, "Not your thread")
    return found


ThreadDep = Annotated[Thread, Depends(thread)]
FORBIDDEN = responses(s403="Not a member, or not of this thread, or not the author")
top = APIRouter(prefix="/threads", responses=FORBIDDEN)
inner = APIRouter(prefix="/{thread_id}/messages", responses=responses(s404="No such thread or message"))


def show(thread: Thread) -> ThreadOut:
    return ThreadOut(id=thread.id, topic=thread.topic, members=sorted(thread.members), messages=len(thread.messages))


@top.get("")
def mine(me: Member) -> list[ThreadOut]:
    return [show(thread) for thread in threads.values() if me in thread.members]


@top.post("", status_code=201)
def start(me: Member, new: NewThread) -> ThreadOut:
    thread = Thread(len(threads) + 1, new.topic, MEMBERS.intersection(new.invite) | {me})
    return show(threads.setdefault(thread.id, thread))


@inner.get(
    "",
    responses={
        200: {"headers": {"Link": {"description": "The next page, where there is one", "schema": {"type": "string"}}}},
        **responses(s400="Not a cursor for this thread"),
    },
)
def read(
    thread: ThreadDep,
    response: Response,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
    size: Annotated[int, Query(ge=1, le=50)] = 2,
) -> MessagePage:
    after = 0
    if cursor:
        try:
            start = Cursor.parse(cursor)
            assert start.thread == thread.id, "a cursor of another thread"
        except (ValueError, AssertionError) as error:
            raise HTTPException(400, str(error)) from error
        after = start.after
    rest = thread.messages[bisect_right(thread.messages, after, key=lambda m: m.id) :]
    page, more = rest[:size], len(rest) > size
    following = str(Cursor(thread.id, page[-1].id)) if more else None
    if following:
        response.headers["Link"] = (
            f'</threads/{thread.id}/messages?{urlencode({"cursor": following, "size": size})}>; rel="next"'
        )
    return MessagePage(entries=[Entry(message=message).show() for message in page], next=following)


@inner.post("", status_code=201)
def write(thread: ThreadDep, me: Member, new: NewMessage) -> MessageOut:
    message = Message(len(thread.messages) + 1, me, new.text)
    thread.messages.append(message)
    return MessageOut(id=message.id, author=me, text=message.text, edits=0)


def own_message(thread: ThreadDep, me: Member, message_id: Number) -> Message:
    try:
        message = thread.messages[thread.position(message_id)]
    except LookupError:
        refuse(404, "No such message")
    if message.deleted:
        refuse(410, "It was deleted")
    return message if message.author == me else refuse(403, "Somebody else wrote it")


Own = Annotated[Message, Depends(own_message)]
GONE = responses(s410="It was deleted")


@inner.put("/{message_id}", responses=GONE)
def edit(thread: ThreadDep, message: Own, new: NewMessage) -> MessageOut:
    edited = replace(message, text=new.text, edits=message.edits + 1)
    thread.messages[thread.position(message.id)] = edited
    return MessageOut(id=edited.id, author=edited.author, text=edited.text, edits=edited.edits)


@inner.delete("/{message_id}", responses=GONE, status_code=204, response_class=Response)
def delete(thread: ThreadDep, message: Own):
    thread.messages[thread.position(message.id)] = replace(message, text="", deleted=True)


top.include_router(inner)
app = FastAPI(title="Threads")
app.include_router(top)
