using Vae.Numerics.RandomNumbers;
using Vae.Options;

namespace Vae.Training.Rows;

/// <summary>
/// One pass over the training rows in random order, or over the held-out rows in table order. The table goes by in windows of pages that fit in
/// memory: the pages are drawn at random, and the rows are shuffled within a window; a table in memory is one window.
/// </summary>
internal sealed class RowPass
{
    private readonly RowTable _table;
    private readonly HeldOutRows _heldOut;
    private readonly ulong _seed;
    private readonly RowPage?[] _buffers;
    private readonly RowPage[] _window;
    private readonly int[] _pageOrder;
    private readonly int[] _order;
    private bool _training;
    private ulong _stream;
    private int _nextPage;
    private int _rows;
    private int _nextRow;

    public RowPass(RowTable table, HeldOutRows heldOut, ulong seed)
    {
        _table = table;
        _heldOut = heldOut;
        _seed = seed;
        int pages = Math.Min(table.Store.PagesPerWindow, table.Store.PageCount);
        _buffers = [.. Enumerable.Range(0, pages).Select(_ => table.Store.CreateBuffer())];
        _window = new RowPage[pages];
        _pageOrder = new int[table.Store.PageCount];
        _order = new int[Math.Min((long)pages * table.RowsPerPage, table.Count)];
    }

    /// <summary>Starts a pass over the training rows: the order depends on the seed and the epoch alone.</summary>
    public void BeginTraining(int epoch)
    {
        Begin(training: true);
        _stream = RandomStreams.Shuffle + (ulong)epoch;
        if (_window.Length < _pageOrder.Length) CounterRandom.Shuffle(_seed, RandomStreams.PageShuffle + (ulong)epoch, _pageOrder);
    }

    /// <summary>Starts a pass over the held-out rows.</summary>
    public void BeginValidation() => Begin(training: false);

    /// <summary>The next row, or false at the end of the pass.</summary>
    public bool TryNext(out RowPage page, out int row)
    {
        while (_nextRow == _rows)
        {
            page = _window[0];
            row = 0;
            if (_nextPage == _pageOrder.Length) return false;
            LoadWindow();
        }

        int next = _order[_nextRow++];
        page = _window[next / _table.RowsPerPage];
        row = next % _table.RowsPerPage;
        return true;
    }

    private void Begin(bool training)
    {
        _training = training;
        for (int page = 0; page < _pageOrder.Length; page++)
            _pageOrder[page] = page;
        _nextPage = 0;
        _rows = 0;
        _nextRow = 0;
    }

    private void LoadWindow()
    {
        ulong window = (ulong)(_nextPage / _window.Length);
        int pages = Math.Min(_window.Length, _pageOrder.Length - _nextPage);
        _rows = 0;
        _nextRow = 0;
        for (int i = 0; i < pages; i++)
        {
            var page = _table.Store.Load(_pageOrder[_nextPage++], _buffers[i]);
            _window[i] = page;
            for (int row = 0; row < page.Count; row++)
            {
                if (_heldOut.Contains(page.First + row) != _training) _order[_rows++] = i * _table.RowsPerPage + row;
            }
        }

        if (_training) CounterRandom.Shuffle(_seed, _stream + (window << 32), _order.AsSpan(0, _rows));
    }
}
