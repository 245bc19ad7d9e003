package dev.stoa.media.sfu.allocation;

import java.util.Arrays;
import java.util.List;

/// Divides a budget among videos, remembering nothing between calls but its arrays.
///
/// First everyone gets the cheapest picture, in order of rank, until nothing is left: a small picture beats none. Then
/// ranks are raised one after the other, the members of a rank in turns, the largest first.
final class Sharing {
    private int[] order = new int[8];
    private int[] chosen = new int[8];

    /// Index of the rung of each demand, -1 = none fits; valid until the next call.
    ///
    /// @param tolerance how far the first video may exceed the budget, 1 = not at all
    /// @param switchesOff false: what does not fit is sent nevertheless, so nobody else gets its share
    int[] divide(List<VideoDemand> demands, long budgetBps, double tolerance, boolean switchesOff) {
        sort(demands);
        long left = cheapest(demands, budgetBps, tolerance, switchesOff);
        int from = 0;
        while (from < demands.size()) {
            int to = from + 1;
            while (to < demands.size() && demands.get(order[from]).sameRank(demands.get(order[to]))) {
                to++;
            }
            left = raise(demands, from, to, left);
            from = to;
        }
        return chosen;
    }

    private void sort(List<VideoDemand> demands) {
        int count = demands.size();
        if (order.length < count) {
            order = new int[count * 2];
            chosen = new int[count * 2];
        }
        for (int i = 0; i < count; i++) {
            int at = i;
            while (at > 0 && demands.get(i).compareRank(demands.get(order[at - 1])) < 0) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = i;
        }
    }

    private long cheapest(List<VideoDemand> demands, long budgetBps, double tolerance, boolean switchesOff) {
        Arrays.fill(chosen, -1);
        long left = budgetBps;
        boolean first = true;
        for (int k = 0; k < demands.size(); k++) {
            VideoDemand demand = demands.get(order[k]);
            if (demand.best() < 0) {
                continue;
            }
            boolean fits = demand.bps(0) <= (first ? left * tolerance : left);
            if (fits) {
                chosen[order[k]] = 0;
            }
            if (fits || !switchesOff) {
                left -= demand.bps(0);
            }
            first = false;
        }
        return left;
    }

    private long raise(List<VideoDemand> demands, int from, int to, long budgetBps) {
        long left = budgetBps;
        boolean raised = true;
        while (raised) {
            raised = false;
            for (int k = from; k < to; k++) {
                int i = order[k];
                VideoDemand demand = demands.get(i);
                if (chosen[i] >= 0 && chosen[i] < demand.best()) {
                    long more = demand.bps(chosen[i] + 1) - demand.bps(chosen[i]);
                    if (more <= left) {
                        chosen[i]++;
                        left -= more;
                        raised = true;
                    }
                }
            }
        }
        return left;
    }
}
