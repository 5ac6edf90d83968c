"""Articles under what is left of their titles."""

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field

app = FastAPI()


class Article(BaseModel):
    title: str = Field(min_length=1)
    tags: str = Field(default="none", min_length=1)
    language: str = "en"


articles: dict[str, Article] = {}


@app.post("/articles", status_code=201, responses={409: {"description": "There is one under this title"}})
def publish(article: Article) -> Article:
    slug = article.title.strip().lower().replace(" ", "-")
    if not slug:
        raise HTTPException(400, "A title has letters")  # lie: undocumented-status POST /articles 400
    if slug in articles:
        raise HTTPException(409, "There is one under this title")
    if not article.tags.split():
        raise HTTPException(403, "A tag has letters")  # lie: undocumented-status POST /articles 403
    if article.language == "la":
        raise HTTPException(406, "Nobody reads that")  # lie: undocumented-status POST /articles 406
    articles[slug] = article
    return article
