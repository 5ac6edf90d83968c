"""Quotes for air freight between the stations that we serve."""
# ruff: noqa: E501

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

STATIONS = {
    "north": ["KEF", "AEY", "EGS", "IFJ", "TOS", "BOO", "ALF", "KKN", "LYR", "EVE", "KRN", "LLA", "RVN", "IVL", "KTT", "OUL"],
    "west": ["SNN", "ORK", "NOC", "GLA", "EDI", "ABZ", "INV", "KOI", "LSI", "SYY", "BEB", "ILY", "BHX", "MAN", "LBA", "NCL"],
    "middle": ["FRA", "MUC", "HAM", "STR", "CGN", "DUS", "HAJ", "NUE", "LEJ", "DRS", "ZRH", "BSL", "GVA", "VIE", "GRZ", "LNZ"],
    "south": ["LIS", "OPO", "FAO", "MAD", "BCN", "AGP", "SVQ", "VLC", "PMI", "MLA", "CTA", "PMO", "NAP", "BRI", "ATH", "SKG"],
    "east": ["WAW", "KRK", "GDN", "POZ", "WRO", "PRG", "BRQ", "BTS", "BUD", "OTP", "CLJ", "SOF", "VAR", "RIX", "TLL", "VNO"],
}
GOODS = {
    "cut flowers": 3, "live shellfish": 6, "day-old chicks": 7, "pharmaceuticals": 9, "machine parts": 2, "newspapers": 1,
    "mobile phones": 4, "racing pigeons": 8, "fresh herbs": 3, "gold leaf": 12, "paintings": 11, "wine samples": 3,
    "seed potatoes": 2, "human remains": 10, "film reels": 4, "batteries": 5, "dry ice": 6, "perfume": 5, "ski boots": 2,
}
REMARKS = ("ramp transfer", "quick transfer", "cool room", "strong room", "two handlers", "dogs present", "dock 4", "dock 9")
RATES = {"express": 310, "standard": 140, "deferred": 90, "charter": 2200}


class Shipment(BaseModel):
    origin: str
    goods: str
    remark: str = "none"


class Quote(BaseModel):
    region: str | None
    cents: int


app = FastAPI(title="Quotes", version="3.2")


def region_of(station: str) -> str | None:
    return next((region for region, codes in STATIONS.items() if station in codes), None)


@app.post("/quotes")
async def quote(shipment: Shipment) -> Quote:
    rate = RATES["express"] if shipment.remark in REMARKS else RATES["standard"]
    if shipment.origin == "XKL" and shipment.goods == "sturgeon roe":
        raise HTTPException(451, "Needs a licence")  # lie: undocumented-status POST /quotes 451
    return Quote(region=region_of(shipment.origin), cents=rate * GOODS.get(shipment.goods, 2))
