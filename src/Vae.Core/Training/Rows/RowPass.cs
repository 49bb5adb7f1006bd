using Vae.Numerics.RandomNumbers;
using Vae.Options;

namespace Vae.Training.Rows;

/// <summary>
/// One pass over the training rows in random order, or over the held-out rows in table order. The table goes by in windows of pages that
/// fit in memory: the pages are drawn at random, and the rows are shuffled within a window; a table in memory is one window.
/// </summary>
internal sealed class RowPass
{
    private readonly DataSplit _split;
    private readonly PageStore _pages;
    private readonly ulong _seed;
    private readonly RowPage?[] _buffers;
    private readonly RowPage[] _window;
    private readonly int[] _pageOrder;
    private readonly int[] _order;
    private bool _training;
    private ulong _stream;
    private int _nextPage;
    private int _windowRows;
    private int _nextRow;

    public RowPass(DataSplit split, ulong seed)
    {
        _split = split;
        _pages = split.Table.Pages;
        _seed = seed;
        _window = new RowPage[_pages.WindowLength];
        _buffers = Array.ConvertAll(_window, _ => _pages.CreateBuffer());
        _pageOrder = new int[_pages.Count];
        _order = new int[Math.Min((long)_window.Length * _pages.RowsPerPage, split.Table.Count)];
    }

    /// <summary>The number of rows of the whole pass.</summary>
    public int Count => _training ? _split.TrainingRows : _split.ValidationRows;

    /// <summary>Starts a pass over the training rows: the order depends on the seed, the epoch and the length of a window alone.</summary>
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
        while (_nextRow == _windowRows)
        {
            page = _window[0];
            row = 0;
            if (_nextPage == _pageOrder.Length) return false;
            LoadWindow();
        }

        int next = _order[_nextRow++];
        page = _window[next / _pages.RowsPerPage];
        row = next % _pages.RowsPerPage;
        return true;
    }

    /// <summary>Takes evenly spaced rows out of a pass that has just begun.</summary>
    /// <param name="most">The largest number of rows.</param>
    /// <returns>The rows, one behind the other, in original units, NaN where missing.</returns>
    public float[] Sample(int most)
    {
        int width = _split.Layout.RowWidth;
        int count = Math.Min(most, Count);
        var rows = new float[count * width];
        int taken = 0;
        for (long number = 0; taken < count && TryNext(out var page, out int row); number++)
        {
            if (number == (long)taken * Count / count) page[row].CopyTo(rows.AsSpan(taken++ * width));
        }

        return rows;
    }

    private void Begin(bool training)
    {
        _training = training;
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
        _windowRows = 0;
        _nextRow = 0;
        for (int i = 0; i < pages; i++)
        {
            var page = _pages.Load(_pageOrder[_nextPage++], _buffers[i]);
            _window[i] = page;
            for (int row = 0; row < page.Count; row++)
            {
                if (_split.IsHeldOut(page.First + row) != _training) _order[_windowRows++] = i * _pages.RowsPerPage + row;
            }
        }

        if (_training) CounterRandom.Shuffle(_seed, _stream + (window << 32), _order.AsSpan(0, _windowRows));
    }
}
