"""What the catalog page searches and filters by, made once for a catalog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.stores.catalog_search import CatalogSearch
from ui.catalog_purposes import purposes

if TYPE_CHECKING:
    from models.values.catalog import Catalog


class CatalogIndex:
    """The search of a catalog, and what each of its entries is for."""

    def __init__(self, catalog: Catalog) -> None:
        self.search = CatalogSearch(catalog)
        self.purposes = purposes(catalog)
