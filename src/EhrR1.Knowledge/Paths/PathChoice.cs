using System.Runtime.InteropServices;

namespace EhrR1.Knowledge;

/// <summary>Chooses the best of all the shortest paths of a search whose sides have met, without making the others.</summary>
/// <remarks>
/// Each concept has its least cost from both ends, so what a beginning of a path costs at least when it is finished is known
/// exactly: the cheapest beginning is drawn out first, and the paths come in order. Beginnings of one cost are taken by their
/// names. A path that costs more than the last of the wanted ones can cost is never begun: each place of meeting gives a path
/// of its own, so that the cost of the last wanted place bounds it.
/// </remarks>
internal sealed class PathChoice(PathGraph graph, PathSide first, PathSide second, List<int> meetings, int most)
{
    // Beyond this many relations it is faster to ask each concept of the level before.
    private const int AskingCost = 16;

    private readonly Dictionary<int, Node> _nodes = [];
    private readonly PriorityQueue<int[], (int Cost, int[] Concepts)> _queue = new(new ByCost(graph));
    private int _limit = int.MaxValue;

    /// <summary>The best paths, best first.</summary>
    public List<(int Cost, int[] Concepts)> Best()
    {
        int length = Depth(first, meetings[0]) + Depth(second, meetings[0]);
        var best = new List<(int, int[])>();
        if (most <= 0)
            return best;
        Weigh();
        int start = first[0].Concept;
        Push([start], _nodes.TryGetValue(start, out var node) ? node.Rest : Cost(second, start));
        while (best.Count < most && _queue.TryDequeue(out var path, out var priority))
        {
            if (path.Length > length)
                best.Add((priority.Cost, path));
            else
                DrawOut(path, priority.Cost);
        }

        return best;
    }

    private static int Depth(PathSide side, int concept) => side[side.PlaceOf(concept)].Depth;

    private static int Cost(PathSide side, int concept) => side[side.PlaceOf(concept)].Cost;

    /// <summary>Finds what the paths cost from each concept on, for the concepts between the first end and the places of meeting.</summary>
    private void Weigh()
    {
        var totals = meetings.ConvertAll(Total);
        if (totals.Count > most)
        {
            var ordered = totals.ToArray();
            ordered.AsSpan().Sort();
            _limit = ordered[most - 1];
        }

        var level = new List<int>();
        for (int i = 0; i < meetings.Count; i++)
        {
            if (totals[i] > _limit)
                continue;
            _nodes[meetings[i]] = new Node { Rest = Cost(second, meetings[i]), IsMeeting = true };
            level.Add(meetings[i]);
        }

        for (int depth = Depth(first, meetings[0]); depth > 0; depth--)
        {
            var before = new List<int>();
            foreach (int concept in level)
            {
                int rest = _nodes[concept].Rest + NodeCost(concept);
                foreach (var (prior, step) in Before(first, concept, depth))
                {
                    if (Cost(first, prior) + NodeCost(prior) + step + rest > _limit)
                        continue;
                    if (!_nodes.TryGetValue(prior, out var node))
                    {
                        _nodes.Add(prior, node = new Node { Rest = int.MaxValue });
                        before.Add(prior);
                    }

                    node.Rest = Math.Min(node.Rest, step + rest);
                    node.Following.Add((concept, step));
                }
            }

            level = before;
        }
    }

    /// <summary>What the best path over a place of meeting costs.</summary>
    private int Total(int meeting) => Cost(first, meeting) + NodeCost(meeting) + Cost(second, meeting);

    /// <summary>The cost of passing through a concept; the ends are not passed through.</summary>
    private int NodeCost(int concept) => concept == first[0].Concept || concept == second[0].Concept ? 0 : graph.NodeCost(concept);

    /// <summary>Adds a step to a beginning in all ways.</summary>
    private void DrawOut(int[] path, int cost)
    {
        int concept = path[^1];
        if (_nodes.TryGetValue(concept, out var node) && !node.IsMeeting)
        {
            foreach (var (next, step) in node.Following)
                Push([.. path, next], cost - node.Rest + step + NodeCost(next) + _nodes[next].Rest);
            return;
        }

        int rest = Cost(second, concept);
        foreach (var (next, step) in Before(second, concept, Depth(second, concept)))
            Push([.. path, next], cost - rest + step + NodeCost(next) + Cost(second, next));
    }

    private void Push(int[] path, int cost)
    {
        if (cost <= _limit)
            _queue.Enqueue(path, (cost, path));
    }

    /// <summary>The explored concepts of the level before from which a concept was reached, and the costs of the steps.</summary>
    private List<(int Concept, int Step)> Before(PathSide side, int concept, int depth)
    {
        var found = new List<(int, int)>();
        var (start, end) = side.Level(depth - 1);
        if (graph.RowsOf(concept) > (long)(end - start) * AskingCost)
        {
            for (int place = start; place < end; place++)
            {
                if (side[place].IsExplored && graph.StepCost(side[place].Concept, concept) is var step && step < PathGraph.Barred)
                    found.Add((side[place].Concept, step));
            }

            return found;
        }

        var steps = new Dictionary<int, int>();
        Look(graph.RelationsFrom(concept));
        Look(graph.RelationsTo(concept));
        foreach (var (prior, step) in steps)
            found.Add((prior, step));
        return found;

        void Look(ReadOnlySpan<ConceptRelation> relations)
        {
            foreach (var relation in relations)
            {
                int step = graph.KindCosts[relation.Kind];
                int place = side.PlaceOf(relation.Concept);
                if (step == PathGraph.Barred || place < start || place >= end || !side[place].IsExplored)
                    continue;
                ref int known = ref CollectionsMarshal.GetValueRefOrAddDefault(steps, relation.Concept, out bool exists);
                known = exists ? Math.Min(known, step) : step;
            }
        }
    }

    /// <summary>A concept between the first end and the places of meeting, or one of these.</summary>
    private sealed class Node
    {
        /// <summary>What the best path costs from it on, without its own cost.</summary>
        public int Rest;

        public bool IsMeeting;

        public List<(int Concept, int Step)> Following { get; } = [];
    }

    private sealed class ByCost(PathGraph graph) : IComparer<(int Cost, int[] Concepts)>
    {
        public int Compare((int Cost, int[] Concepts) one, (int Cost, int[] Concepts) other)
        {
            if (one.Cost != other.Cost)
                return one.Cost.CompareTo(other.Cost);
            int shared = Math.Min(one.Concepts.Length, other.Concepts.Length);
            for (int i = 0; i < shared; i++)
            {
                if (graph.CompareNames(one.Concepts[i], other.Concepts[i]) is var order && order != 0)
                    return order;
            }

            return one.Concepts.Length.CompareTo(other.Concepts.Length);
        }
    }
}
