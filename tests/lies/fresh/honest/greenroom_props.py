"""Props of a theatre, lent to its users, with logins that can be taken back."""

import hashlib
import secrets
from collections.abc import Iterator
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Path, Query, status
from fastapi.security import OAuth2PasswordBearer, OAuth2PasswordRequestForm
from pydantic import StringConstraints
from sqlalchemy.exc import IntegrityError
from sqlalchemy.pool import StaticPool
from sqlmodel import Field, Session, SQLModel, create_engine, func, select

engine = create_engine("sqlite://", connect_args={"check_same_thread": False}, poolclass=StaticPool)
Email = Annotated[str, StringConstraints(pattern=r"^[a-z0-9.]{1,40}@[a-z0-9]{1,40}\.example$")]
Title = Annotated[str, StringConstraints(min_length=1, max_length=120)]
RowId = Annotated[int, Path(ge=1, le=2**31 - 1)]


class UserBase(SQLModel):
    email: Email
    full_name: Annotated[str, StringConstraints(max_length=80)] | None = None
    is_active: bool = True
    is_superuser: bool = False


class UserCreate(UserBase):
    password: Annotated[str, StringConstraints(min_length=8, max_length=64)]


class UserUpdate(SQLModel):
    email: Email | None = None
    full_name: Annotated[str, StringConstraints(max_length=80)] | None = None
    is_active: bool | None = None


class User(UserBase, table=True):
    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(unique=True, index=True)
    salt: str
    hashed_password: str


class UserPublic(UserBase):
    id: int


class PropBase(SQLModel):
    title: Title
    description: Annotated[str, StringConstraints(max_length=400)] | None = None


class Prop(PropBase, table=True):
    id: int | None = Field(default=None, primary_key=True)
    owner_id: int = Field(foreign_key="user.id")


class PropPublic(PropBase):
    id: int
    owner_id: int


class PropsPublic(SQLModel):
    data: list[PropPublic]
    count: int


class AccessToken(SQLModel, table=True):
    token: str = Field(primary_key=True)
    user_id: int = Field(foreign_key="user.id")


class TokenOut(SQLModel):
    access_token: str
    token_type: str = "bearer"


class ErrorMessage(SQLModel):
    detail: str


def documented(*codes: int) -> dict[int | str, dict[str, Any]]:
    texts = {
        400: "Wrong email or password",
        401: "Not signed in",
        403: "Not allowed",
        404: "Not found",
        409: "Email taken",
    }
    return {code: {"model": ErrorMessage, "description": texts[code]} for code in codes}


Row = TypeVar("Row", bound=SQLModel)


class Crud:
    def __init__(self, session: Session) -> None:
        self.session = session

    @staticmethod
    def digest(password: str, salt: str) -> str:
        return hashlib.scrypt(password.encode("utf-8", "replace"), salt=salt.encode(), n=2, r=8, p=1).hex()

    def get_or_404(self, model: type[Row], row_id: int) -> Row:
        row = self.session.get(model, row_id)
        if row is None:
            raise HTTPException(status.HTTP_404_NOT_FOUND, f"{model.__name__} not found")
        return row

    def save(self, row: Row) -> Row:
        self.session.add(row)
        try:
            self.session.commit()
        except IntegrityError as clash:
            self.session.rollback()
            raise HTTPException(status.HTTP_409_CONFLICT, "The email is taken") from clash
        self.session.refresh(row)
        return row

    def create_user(self, new: UserCreate) -> User:
        salt = secrets.token_hex(8)
        secret = {"salt": salt, "hashed_password": self.digest(new.password, salt)}
        return self.save(User(**new.model_dump(exclude={"password"}), **secret))

    def authenticate(self, email: str, password: str) -> User | None:
        user = self.session.exec(select(User).where(User.email == email)).one_or_none()
        if user and secrets.compare_digest(self.digest(password, user.salt), user.hashed_password):
            return user
        return None


def get_crud() -> Iterator[Crud]:
    with Session(engine) as session:
        yield Crud(session)


CrudDep = Annotated[Crud, Depends(get_crud)]
oauth2 = OAuth2PasswordBearer(tokenUrl="/login/access-token")
TokenDep = Annotated[str, Depends(oauth2)]


def get_current_user(crud: CrudDep, token: TokenDep) -> User:
    granted = crud.session.get(AccessToken, token)
    user = granted and crud.session.get(User, granted.user_id)
    if not user:
        raise HTTPException(401, "Could not validate credentials", headers={"WWW-Authenticate": "Bearer"})
    if not user.is_active:
        raise HTTPException(403, "Inactive user")
    return user


CurrentUser = Annotated[User, Depends(get_current_user)]


def get_superuser(user: CurrentUser) -> User:
    if not user.is_superuser:
        raise HTTPException(403, "The user doesn't have enough privileges")
    return user


login = APIRouter(prefix="/login", tags=["login"])
users = APIRouter(prefix="/users", tags=["users"], responses=documented(401, 403))
admin = APIRouter(
    prefix="/users", tags=["users"], dependencies=[Depends(get_superuser)], responses=documented(401, 403)
)
props = APIRouter(prefix="/props", tags=["props"], responses=documented(401, 403))


@login.post("/access-token", responses=documented(400))
def access_token(crud: CrudDep, form: Annotated[OAuth2PasswordRequestForm, Depends()]) -> TokenOut:
    user = crud.authenticate(form.username, form.password)
    if user is None or user.id is None:
        raise HTTPException(400, "Incorrect email or password")
    return TokenOut(access_token=crud.save(AccessToken(token=secrets.token_urlsafe(16), user_id=user.id)).token)


@login.delete("/access-token", status_code=204, responses=documented(401, 403))
def revoke(crud: CrudDep, user: CurrentUser, token: TokenDep) -> None:
    crud.session.delete(crud.get_or_404(AccessToken, token))
    crud.session.commit()


@users.get("/me", response_model=UserPublic)
def read_me(user: CurrentUser) -> Any:
    return user


@admin.post("/", response_model=UserPublic, status_code=201, responses=documented(409))
def create_user(crud: CrudDep, new: UserCreate) -> Any:
    return crud.create_user(new)


@admin.patch("/{user_id}", response_model=UserPublic, responses=documented(404, 409))
def update_user(crud: CrudDep, me: CurrentUser, user_id: RowId, changes: UserUpdate) -> Any:
    user = crud.get_or_404(User, user_id)
    if user == me and changes.is_active is False:
        raise HTTPException(403, "Super users are not allowed to deactivate themselves")
    return crud.save(user.sqlmodel_update(changes.model_dump(exclude_none=True)))


@props.get("/", response_model=PropsPublic)
def read_props(
    crud: CrudDep,
    user: CurrentUser,
    skip: Annotated[int, Query(ge=0, le=10**6)] = 0,
    limit: Annotated[int, Query(ge=0, le=200)] = 100,
) -> Any:
    visible = select(Prop) if user.is_superuser else select(Prop).where(Prop.owner_id == user.id)
    count = crud.session.exec(select(func.count()).select_from(visible.subquery())).one()
    return {"data": crud.session.exec(visible.order_by("id").offset(skip).limit(limit)).all(), "count": count}


@props.post("/", response_model=PropPublic, status_code=201)
def create_prop(crud: CrudDep, user: CurrentUser, new: PropBase) -> Any:
    return crud.save(Prop.model_validate(new, update={"owner_id": user.id}))


@props.delete("/{prop_id}", status_code=204, responses=documented(404))
def delete_prop(crud: CrudDep, user: CurrentUser, prop_id: RowId) -> None:
    prop = crud.get_or_404(Prop, prop_id)
    if not user.is_superuser and prop.owner_id != user.id:
        raise HTTPException(403, "Not enough permissions")
    crud.session.delete(prop)
    crud.session.commit()


def create_app() -> FastAPI:
    SQLModel.metadata.create_all(engine)
    with Session(engine) as session:
        first = UserCreate(email="props@greenroom.example", password="breakaleg", is_superuser=True)
        Crud(session).create_user(first)
    application = FastAPI(title="Greenroom")
    for router in (login, users, admin, props):
        application.include_router(router)
    return application


app = create_app()
