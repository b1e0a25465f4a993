"""`ProviderShelf`: the providers by name, which can be exchanged while jobs run."""

from collections.abc import Iterable, Iterator, Mapping

from aipaint.providers.provider import Provider


class ProviderShelf(Mapping[str, Provider]):
    """Any thread: everybody sees either all of the old or all of the new ones. A job that holds a
    provider keeps it to its end."""

    def __init__(self, providers: Iterable[Provider] = ()) -> None:
        self._providers = {provider.name: provider for provider in providers}

    def replace(self, providers: Iterable[Provider]) -> None:
        """With other keys, addresses or accounts."""
        self._providers = {provider.name: provider for provider in providers}

    def price_names(self, provider: str) -> tuple[str, ...]:
        """Whose rules of the price book count for one; its own name if it is not here."""
        found = self._providers.get(provider)
        return found.price_names if found is not None else (provider,)

    def __getitem__(self, name: str) -> Provider:
        return self._providers[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._providers)

    def __len__(self) -> int:
        return len(self._providers)
