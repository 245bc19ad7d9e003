package dev.stoa.rooms.live;

/// How full a room is; joined peers only, connected or within their grace period.
public interface Occupancy {
    /// Nobody inside.
    Occupancy EMPTY = new Occupancy() {
        @Override
        public boolean isSeated(String peerId) {
            return false;
        }

        @Override
        public int peers() {
            return 0;
        }

        @Override
        public int peersWith(String role) {
            return 0;
        }
    };

    boolean isSeated(String peerId);

    int peers();

    int peersWith(String role);
}
