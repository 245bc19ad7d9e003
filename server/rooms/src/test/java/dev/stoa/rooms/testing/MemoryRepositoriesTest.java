package dev.stoa.rooms.testing;

/// The fakes keep the promise of the ports, so that tests on them mean something.
final class MemoryRepositoriesTest extends RepositoryContract {
    @Override
    protected Repositories emptyStore() {
        return Repositories.inMemory();
    }
}
