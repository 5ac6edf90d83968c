"""Tutorial style: a fake database by dependency."""
from typing import Annotated
from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel, Field

app = FastAPI()
fake_items_db = {1: {"name": "Foo", "owner": "ada"}, 2: {"name": "Bar", "owner": "bob"}}
class Detail(BaseModel):
    detail: str
class Item(BaseModel):
    name: str = Field(max_length=20)
    owner: str = Field(max_length=20)
def get_db():
    return fake_items_db
Db = Annotated[dict, Depends(get_db)]
@app.get("/items/{item_id}", responses={404: {"model": Detail}, 423: {"model": Detail}})
def read_item(item_id: int, db: Db) -> Item:
    if item_id not in db:
        raise HTTPException(404, "Item not found")
    found = db[item_id]
    if found.get("locked"):
        raise HTTPException(423, "Locked")
    return Item(**found)
@app.put("/items/{item_id}", responses={409: {"model": Detail}})
def put_item(item_id: int, item: Item, db: Db) -> Item:
    if len(db) > 5000:
        raise HTTPException(409, "Full")
    db[item_id] = item.model_dump()
    return item
@app.post("/items/{item_id}/lock", status_code=204, responses={404: {"model": Detail}})
def lock(item_id: int, db: Db) -> None:
    try:
        db[item_id]["locked"] = True
    except KeyError:
        raise HTTPException(404, "Item not found") from None
