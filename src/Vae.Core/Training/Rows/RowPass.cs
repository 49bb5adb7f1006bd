using Vae.Numerics.RandomNumbers;
using Vae.Options;

namespace Vae.Training.Rows;

/// <summary>
/// One pass over the training rows in random order, or over the held-out rows in table order. The table goes by in windows of pages: the
/// pages are drawn at random, and the rows are shuffled within a window. How much memory there is decides only whether the pages of a
/// window in a file are loaded, or its rows one by one.
/// </summary>
internal sealed class RowPass
{
    private readonly DataSplit _split;
    private readonly PageStore _pages;
    private readonly ulong _seed;
    private readonly RowPage?[] _buffers;
    private readonly RowPage[] _window;
    private readonly RowPage? _single;
    private readonly int[] _pageOrder;
    private readonly int[] _order;
    private ulong _stream;
    private int _nextPage;
    private int _firstPage;
    private int _windowRows;
    private int _nextRow;

    public RowPass(DataSplit split, ulong seed)
    {
        _split = split;
        _pages = split.Table.Pages;
        _seed = seed;
        _window = new RowPage[_pages.WindowLength];
        _single = _pages.WindowFits ? null : _pages.NewSingleRow();
        _buffers = _single is null ? Array.ConvertAll(_window, _ => _pages.CreateBuffer()) : [];
        _pageOrder = new int[_pages.Count];
        _order = new int[Math.Min((long)_window.Length * _pages.RowsPerPage, split.Table.Count)];
    }

    /// <summary>Whether the pass is over the held-out rows.</summary>
    public bool IsHeldOut { get; private set; }

    /// <summary>The number of rows of the whole pass.</summary>
    public int Count => IsHeldOut ? _split.ValidationRows : _split.TrainingRows;

    /// <summary>Starts a pass over the training rows: the order depends on the seed, the epoch and the table's size alone.</summary>
    public void BeginTraining(int epoch)
    {
        Begin(heldOut: false);
        _stream = RandomStreams.Shuffle + (ulong)epoch;
        if (_window.Length < _pageOrder.Length) CounterRandom.Shuffle(_seed, RandomStreams.PageShuffle + (ulong)epoch, _pageOrder);
    }

    /// <summary>Starts a pass over the held-out rows.</summary>
    public void BeginValidation() => Begin(heldOut: true);

    /// <summary>The next row, or false at the end of the pass.</summary>
    public bool TryNext(out RowPage page, out int row)
    {
        while (_nextRow == _windowRows)
        {
            page = null!;
            row = 0;
            if (_nextPage == _pageOrder.Length) return false;
            LoadWindow();
        }

        var (number, index) = Math.DivRem(_order[_nextRow++], _pages.RowsPerPage);
        (page, row) = _single is null ? (_window[number], index) : (_single, 0);
        if (_single is not null) _pages.LoadRow(_pageOrder[_firstPage + number], index, _single);
        return true;
    }

    /// <summary>Takes rows out of a pass that has just begun: evenly spaced ones, or the first of those in random order.</summary>
    /// <param name="most">The largest number of rows.</param>
    /// <param name="action">Called with each.</param>
    /// <param name="cancellation">Ends the pass.</param>
    public void Sample(int most, TrainingRowAction action, CancellationToken cancellation)
    {
        int count = Math.Min(most, Count);
        int range = IsHeldOut ? Count : count;
        int taken = 0;
        for (long number = 0; taken < count && TryNext(out var page, out int row); number++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (number != (long)taken * range / count) continue;
            action(page[row], page.Weight(row));
            taken++;
        }
    }

    private void Begin(bool heldOut)
    {
        IsHeldOut = heldOut;
        for (int page = 0; page < _pageOrder.Length; page++)
            _pageOrder[page] = page;
        _nextPage = 0;
        _windowRows = 0;
        _nextRow = 0;
    }

    private void LoadWindow()
    {
        ulong window = (ulong)(_nextPage / _window.Length);
        int pages = Math.Min(_window.Length, _pageOrder.Length - _nextPage);
        _firstPage = _nextPage;
        _nextPage += pages;
        _windowRows = 0;
        _nextRow = 0;
        for (int i = 0; i < pages; i++)
        {
            int number = _pageOrder[_firstPage + i];
            if (_single is null) _window[i] = _pages.Load(number, _buffers[i]);
            int first = number * _pages.RowsPerPage;
            int count = Math.Min(_pages.RowsPerPage, _split.Table.Count - first);
            for (int row = 0; row < count; row++)
            {
                if (_split.IsHeldOut(first + row) == IsHeldOut) _order[_windowRows++] = i * _pages.RowsPerPage + row;
            }
        }

        if (!IsHeldOut) CounterRandom.Shuffle(_seed, _stream + (window << 32), _order.AsSpan(0, _windowRows));
    }
}
