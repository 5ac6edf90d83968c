"""Users of a workspace and the items that they own, with a login and superusers."""
# ruff: noqa: E501

import hashlib
import hmac
import uuid
from collections.abc import Generator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Query
from fastapi.security import OAuth2PasswordBearer, OAuth2PasswordRequestForm
from pydantic import StringConstraints
from sqlalchemy.pool import StaticPool
from sqlmodel import Field, Session, SQLModel, create_engine, func, select


class Settings:
    API_V1_STR = "/api/v1"
    SECRET_KEY = "f2b7a1c0workspace"
    FIRST_SUPERUSER = "admin@workspace.example"
    FIRST_SUPERUSER_PASSWORD = "changethis"


settings = Settings()
engine = create_engine("sqlite://", connect_args={"check_same_thread": False}, poolclass=StaticPool)
Email = Annotated[str, StringConstraints(pattern=r"^[a-z0-9.]{1,60}@[a-z0-9]{1,40}\.example$")]


class UserBase(SQLModel):
    email: Email
    full_name: str | None = Field(default=None, max_length=120)


class UserCreate(UserBase):
    password: str = Field(min_length=8, max_length=40)


class UserUpdateMe(SQLModel):
    email: Email | None = None
    full_name: str | None = Field(default=None, max_length=120)


class UserPublic(UserBase):
    id: uuid.UUID
    handle: str
    is_superuser: bool


class User(SQLModel, table=True):
    id: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True)
    email: str = Field(unique=True, index=True)
    handle: str = Field(unique=True)
    full_name: str | None = None
    is_superuser: bool = False
    hashed_password: str


class ItemCreate(SQLModel):
    title: str = Field(min_length=1, max_length=255)
    description: str | None = Field(default=None, max_length=255)


class ItemPublic(ItemCreate):
    id: uuid.UUID
    owner_id: uuid.UUID


class ItemsPublic(SQLModel):
    data: list[ItemPublic]
    count: int


class Item(SQLModel, table=True):
    id: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True)
    title: str
    description: str | None = None
    owner_id: uuid.UUID = Field(foreign_key="user.id")


class Token(SQLModel):
    access_token: str
    token_type: str = "bearer"


class Message(SQLModel):
    detail: str


def get_password_hash(password: str) -> str:
    return hashlib.sha256((settings.SECRET_KEY + password).encode()).hexdigest()


def create_access_token(subject: uuid.UUID) -> str:
    signature = hmac.new(settings.SECRET_KEY.encode(), subject.hex.encode(), "sha256").hexdigest()
    return f"{subject.hex}.{signature}"


def read_access_token(token: str) -> uuid.UUID | None:
    subject, _, _ = token.partition(".")
    try:
        user_id = uuid.UUID(subject)
    except ValueError:
        return None
    return user_id if hmac.compare_digest(create_access_token(user_id).encode(), token.encode()) else None


def create_user(*, session: Session, user_create: UserCreate, is_superuser: bool = False) -> User:
    fields = user_create.model_dump(exclude={"password"})
    db_obj = User(
        **fields,
        handle=user_create.email.partition("@")[0],
        hashed_password=get_password_hash(user_create.password),
        is_superuser=is_superuser,
    )
    session.add(db_obj)
    session.commit()  # lie: server-error POST /api/v1/users/signup 500
    session.refresh(db_obj)
    return db_obj


def get_user_by_email(*, session: Session, email: str) -> User | None:
    return session.exec(select(User).where(User.email == email)).first()


def authenticate(*, session: Session, email: str, password: str) -> User | None:
    db_user = get_user_by_email(session=session, email=email)
    if not db_user or db_user.hashed_password != get_password_hash(password):
        return None
    return db_user


def get_db() -> Generator[Session, None, None]:
    with Session(engine) as session:
        yield session


SessionDep = Annotated[Session, Depends(get_db)]
reusable_oauth2 = OAuth2PasswordBearer(tokenUrl=f"{settings.API_V1_STR}/login/access-token")


def get_current_user(session: SessionDep, token: Annotated[str, Depends(reusable_oauth2)]) -> User:
    user_id = read_access_token(token)
    user = session.get(User, user_id) if user_id else None
    if user is None:
        raise HTTPException(status_code=401, detail="Could not validate credentials")
    return user


CurrentUser = Annotated[User, Depends(get_current_user)]
UNAUTHORIZED: dict[int | str, dict[str, Any]] = {401: {"model": Message, "description": "Not signed in"}}
NOT_FOUND: dict[int | str, dict[str, Any]] = {404: {"model": Message, "description": "No such thing"}}
FORBIDDEN: dict[int | str, dict[str, Any]] = {403: {"model": Message, "description": "Not yours"}}

login_router = APIRouter(tags=["login"])
users_router = APIRouter(prefix="/users", tags=["users"])
items_router = APIRouter(prefix="/items", tags=["items"], responses=UNAUTHORIZED)


@login_router.post("/login/access-token", responses={400: {"model": Message, "description": "Wrong credentials"}})
def login_access_token(session: SessionDep, form_data: Annotated[OAuth2PasswordRequestForm, Depends()]) -> Token:
    user = authenticate(session=session, email=form_data.username, password=form_data.password)
    if not user:
        raise HTTPException(status_code=400, detail="Incorrect email or password")
    return Token(access_token=create_access_token(user.id))


@users_router.post("/signup", response_model=UserPublic, responses={400: {"model": Message, "description": "Taken"}})
def register_user(session: SessionDep, user_in: UserCreate) -> Any:
    if get_user_by_email(session=session, email=user_in.email):
        raise HTTPException(status_code=400, detail="The user with this email already exists in the system")
    return create_user(session=session, user_create=user_in)


@users_router.get("/me", response_model=UserPublic, responses=UNAUTHORIZED)
def read_user_me(current_user: CurrentUser) -> Any:
    return current_user


@users_router.patch("/me", response_model=UserPublic, responses=UNAUTHORIZED)
def update_user_me(session: SessionDep, user_in: UserUpdateMe, current_user: CurrentUser) -> Any:
    if user_in.email:
        existing_user = get_user_by_email(session=session, email=user_in.email)
        if existing_user and existing_user.id != current_user.id:
            raise HTTPException(status_code=409, detail="User with this email already exists")  # lie: undocumented-status PATCH /api/v1/users/me 409
    current_user.sqlmodel_update(user_in.model_dump(exclude_none=True))
    session.add(current_user)
    session.commit()
    session.refresh(current_user)
    return current_user


@users_router.get("/{user_id}", response_model=UserPublic, responses={**UNAUTHORIZED, **FORBIDDEN, **NOT_FOUND})
def read_user_by_id(user_id: uuid.UUID, session: SessionDep, current_user: CurrentUser) -> Any:
    user = session.get(User, user_id)
    if user == current_user:
        return user
    if not current_user.is_superuser:
        raise HTTPException(status_code=403, detail="The user doesn't have enough privileges")
    if user is None:
        raise HTTPException(status_code=404, detail="User not found")
    return user


@items_router.get("/")
def read_items(
    session: SessionDep,
    current_user: CurrentUser,
    skip: Annotated[int, Query(ge=0, le=10_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=100)] = 100,
) -> ItemsPublic:
    mine = select(Item) if current_user.is_superuser else select(Item).where(Item.owner_id == current_user.id)
    count = session.exec(select(func.count()).select_from(mine.subquery())).one()
    rows = session.exec(mine.offset(skip).limit(limit)).all()
    return ItemsPublic(data=[ItemPublic.model_validate(row, from_attributes=True) for row in rows], count=count)


@items_router.post("/", response_model=ItemPublic)
def create_item(session: SessionDep, current_user: CurrentUser, item_in: ItemCreate) -> Any:
    session.add(item := Item.model_validate(item_in, update={"owner_id": current_user.id}))
    session.commit()
    session.refresh(item)
    return item


@items_router.delete("/{id}", responses=NOT_FOUND)
def delete_item(session: SessionDep, current_user: CurrentUser, id: uuid.UUID) -> Message:
    item = session.get(Item, id)
    if not item:
        raise HTTPException(status_code=404, detail="Item not found")
    if not current_user.is_superuser and item.owner_id != current_user.id:
        raise HTTPException(status_code=403, detail="Not enough permissions")  # lie: undocumented-status DELETE /api/v1/items/{id} 403
    session.delete(item)
    session.commit()
    return Message(detail="Item deleted successfully")


def init_db(session: Session) -> None:
    first = UserCreate(email=settings.FIRST_SUPERUSER, password=settings.FIRST_SUPERUSER_PASSWORD)
    if not get_user_by_email(session=session, email=first.email):
        create_user(session=session, user_create=first, is_superuser=True)


SQLModel.metadata.create_all(engine)
with Session(engine) as db:
    init_db(db)

app = FastAPI(title="Workspace", openapi_url=f"{settings.API_V1_STR}/openapi.json")
for router in (login_router, users_router, items_router):
    app.include_router(router, prefix=settings.API_V1_STR)
