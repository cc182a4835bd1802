namespace CreditWorkbench.Core.Predictors;

/// <summary>One tree, as blocks of three levels for many rows at once and as steps for row by row.</summary>
/// <remarks>A block's result is a leaf number. Its eight exits name slots that hold one: slot i below <see cref="FirstResult"/> holds leaf
/// i, slot <c>FirstResult + b</c> the result of block b. Children come before parents, so the last block's result is the tree's leaf.
/// Where a path ends early, all exits below name its leaf and the tests there do not matter.</remarks>
internal sealed unsafe class TreeBlocks
{
    /// <summary>First slot that is not a leaf; also the most leaves that a byte can number.</summary>
    public const int FirstResult = 256;

    private const int Tests = 7;

    private readonly TreeNodes _nodes;
    private readonly int _root, _depth;
    private readonly Step[] _steps;
    private readonly List<Block> _blocks = [];

    /// <summary>Lays a tree out.</summary>
    /// <param name="nodes">All nodes.</param>
    /// <param name="tree">Index of the tree.</param>
    /// <param name="testOf">Column and bound of a node's test.</param>
    public TreeBlocks(TreeNodes nodes, int tree, Func<int, (int Column, sbyte Bound)> testOf)
    {
        (_nodes, _root) = (nodes, nodes.TreeStart[tree]);
        _steps = new Step[nodes.TreeStart[tree + 1] - _root];
        var leaves = new List<double>();
        var depths = new int[_steps.Length];
        for (var i = 0; i < _steps.Length; i++)
        {
            var node = _root + i;
            if (nodes.Feature[node] < 0)
            {
                _steps[i] = new Step { Left = i, Right = i, Bound = CodeColumns.Greatest, Leaf = leaves.Count };
                leaves.Add(nodes.Value[node]);
                continue;
            }

            var (column, bound) = testOf(node);
            _steps[i] = new Step { Offset = column * CompiledTrees.Tile, Bound = bound, Left = nodes.Left[node] - _root, Right = nodes.Right[node] - _root };
            depths[_steps[i].Left] = depths[_steps[i].Right] = depths[i] + 1;
            _depth = Math.Max(_depth, depths[i] + 1);
        }

        Leaves = [.. leaves];
        if (FitsBytes && nodes.Feature[_root] >= 0) AddBlock(_root);
        Blocks = [.. _blocks];
    }

    /// <summary>Whether a byte can number the leaves, so that there are blocks; a tree of one leaf needs none.</summary>
    public bool FitsBytes => Leaves.Length <= FirstResult;

    /// <summary>Blocks, children first.</summary>
    public Block[] Blocks { get; }

    /// <summary>Leaf values by leaf number.</summary>
    public double[] Leaves { get; }

    /// <summary>Leaf number of one row.</summary>
    /// <param name="codes">The row's code in the first column.</param>
    public int Walk(sbyte* codes)
    {
        fixed (Step* steps = _steps)
        {
            var step = steps;
            for (var level = 0; level < _depth; level++) step = steps + (codes[step->Offset] > step->Bound ? step->Right : step->Left);
            return step->Leaf;
        }
    }

    /// <summary>Leaf numbers of eight rows. A row that has reached its leaf stays there; the rows' steps do not wait for each other.</summary>
    /// <param name="codes">The first row's code in the first column.</param>
    /// <param name="leaves">Filled; shape [8].</param>
    public void WalkEight(sbyte* codes, int* leaves)
    {
        const int rows = 8;
        fixed (Step* steps = _steps)
        {
            for (var row = 0; row < rows; row++) leaves[row] = 0;
            for (var level = 0; level < _depth; level++)
            {
                for (var row = 0; row < rows; row++)
                {
                    var step = steps + leaves[row];
                    // The difference of two bytes as integers; its sign picks the child without a branch.
                    var isRight = (step->Bound - codes[step->Offset + row]) >> 31;
                    leaves[row] = step->Left ^ ((step->Left ^ step->Right) & isRight);
                }
            }

            for (var row = 0; row < rows; row++) leaves[row] = steps[leaves[row]].Leaf;
        }
    }

    /// <summary>Adds the block that begins at an inner node, after those below it.</summary>
    /// <returns>Offset of the slot of its result.</returns>
    private int AddBlock(int node)
    {
        var block = default(Block);
        Place(ref block, 0, node);
        _blocks.Add(block);
        return (FirstResult + _blocks.Count - 1) * CompiledTrees.Lanes;
    }

    /// <summary>Puts a node at a place of a block: tests 0 to 6 level by level, then the exits.</summary>
    private void Place(ref Block block, int place, int node)
    {
        var step = _steps[node - _root];
        var isLeaf = _nodes.Feature[node] < 0;
        if (isLeaf)
        {
            FillExits(ref block, place, step.Leaf * CompiledTrees.Lanes);
        }
        else if (place >= Tests)
        {
            block.Exit[place - Tests] = AddBlock(node);
        }
        else
        {
            block.Offset[place] = step.Offset;
            block.Bound[place] = (byte)step.Bound * 0x0101_0101U;
            Place(ref block, 2 * place + 1, _nodes.Left[node]);
            Place(ref block, 2 * place + 2, _nodes.Right[node]);
        }
    }

    private static void FillExits(ref Block block, int place, int slot)
    {
        if (place >= Tests)
        {
            block.Exit[place - Tests] = slot;
            return;
        }

        FillExits(ref block, 2 * place + 1, slot);
        FillExits(ref block, 2 * place + 2, slot);
    }

    /// <summary>Three levels of a tree.</summary>
    internal struct Block
    {
        /// <summary>Bytes from the first column to the one that a test reads.</summary>
        public fixed int Offset[Tests];

        /// <summary>Bound of a test, four times, so that one word fills a vector.</summary>
        public fixed uint Bound[Tests];

        /// <summary>Bytes from the first slot to the one that an exit names.</summary>
        public fixed int Exit[Tests + 1];
    }

    /// <summary>A node for walking; a leaf leads to itself.</summary>
    private struct Step
    {
        public int Offset, Left, Right, Leaf;
        public sbyte Bound;
    }
}
