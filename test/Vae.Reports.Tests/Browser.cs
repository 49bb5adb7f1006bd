using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Vae.Reports.Tests;

/// <summary>A Chromium of its own without a window, told what to do by its DevTools protocol, gone after the test.</summary>
public sealed partial class Browser : IAsyncDisposable
{
    private static readonly string[] Programs = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();
    private readonly CancellationTokenSource _limit = new(Limit);
    private readonly ClientWebSocket _socket = new();
    private readonly Process _process;
    private readonly HashSet<string> _events = [];
    private int _last;

    private Browser() => _process = Process.Start(new ProcessStartInfo(Program!, [
        "--headless=new", "--disable-gpu", "--remote-debugging-port=0", $"--user-data-dir={_folder["profile"]}", "--no-first-run",
        .. Environment.IsPrivilegedProcess ? ["--no-sandbox"] : Array.Empty<string>(), "about:blank"])
    {
        RedirectStandardError = true,
        RedirectStandardOutput = true,
    })!;

    /// <summary>Why there is no browser, or null.</summary>
    public static string? WhyNot => Program is null ? "Chromium is not installed (Debian's package is chromium)." : null;

    /// <summary>What the page complained about: exceptions, failed requests, messages of errors and warnings.</summary>
    public List<string> Complaints { get; } = [];

    private static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => Programs.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    /// <summary>Starts the browser and opens a page.</summary>
    /// <param name="html">The page.</param>
    /// <param name="width">The width of its window; the height is 900 pixels.</param>
    public static async Task<Browser> Open(string html, int width)
    {
        var browser = new Browser();
        try
        {
            await browser.Connect();
            await browser.Show(html, width);
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    /// <summary>The value of an expression in the page.</summary>
    public async Task<JsonNode?> Evaluate(string expression)
    {
        var result = await Send("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["returnByValue"] = true });
        return result["exceptionDetails"] is { } failure
            ? throw new InvalidOperationException($"{expression}: {failure.ToJsonString()}")
            : result["result"]?["value"]?.DeepClone();
    }

    /// <summary>Moves the pointer to a place in the window.</summary>
    public Task Point(double x, double y) =>
        Send("Input.dispatchMouseEvent", new JsonObject { ["type"] = "mouseMoved", ["x"] = x, ["y"] = y });

    /// <summary>Presses a key, such as ArrowRight.</summary>
    public async Task Press(string key)
    {
        foreach (string type in (string[])["rawKeyDown", "keyUp"])
            await Send("Input.dispatchKeyEvent", new JsonObject { ["type"] = type, ["key"] = key, ["code"] = key });
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _socket.Dispose();
        _limit.Dispose();
        _folder.Dispose();
    }

    private async Task Connect()
    {
        string port = await ReadPort();
        using var client = new HttpClient();
        var targets = JsonNode.Parse(await client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/json"), _limit.Token))!.AsArray();
        string address = targets.First(target => (string?)target!["type"] == "page")!["webSocketDebuggerUrl"]!.GetValue<string>();
        await _socket.ConnectAsync(new Uri(address), _limit.Token);
        foreach (string domain in (string[])["Page", "Runtime", "Log"])
            await Send($"{domain}.enable", []);
    }

    private async Task<string> ReadPort()
    {
        while (await _process.StandardError.ReadLineAsync(_limit.Token) is { } line)
        {
            if (Listening().Match(line) is not { Success: true } match) continue;
            _ = _process.StandardError.BaseStream.CopyToAsync(Stream.Null, _limit.Token);
            _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, _limit.Token);
            return match.Groups["port"].Value;
        }

        throw new InvalidOperationException("The browser ended before it listened.");
    }

    private async Task Show(string html, int width)
    {
        await Send("Emulation.setDeviceMetricsOverride", new JsonObject
        {
            ["width"] = width,
            ["height"] = 900,
            ["deviceScaleFactor"] = 1,
            ["mobile"] = false,
        });
        await Send("Page.navigate", new JsonObject { ["url"] = new Uri(_folder.Write("page.html", html)).AbsoluteUri });
        while (!_events.Contains("Page.loadEventFired"))
            await Receive();
    }

    private async Task<JsonNode> Send(string method, JsonObject parameters)
    {
        int id = ++_last;
        var request = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(request), WebSocketMessageType.Text, true, _limit.Token);
        while (true)
        {
            var message = await Receive();
            if ((int?)message["id"] == id)
                return message["result"] ?? throw new InvalidOperationException($"{method}: {message["error"]?.ToJsonString()}");
        }
    }

    private async Task<JsonNode> Receive()
    {
        using var bytes = new MemoryStream();
        byte[] buffer = new byte[1 << 16];
        ValueWebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer.AsMemory(), _limit.Token);
            bytes.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);

        var message = JsonNode.Parse(bytes.ToArray())!;
        if ((string?)message["method"] is { } name) Note(name, message["params"]!);
        return message;
    }

    private void Note(string name, JsonNode details)
    {
        _events.Add(name);
        bool complains = name == "Runtime.exceptionThrown"
            || (name == "Runtime.consoleAPICalled" && (string?)details["type"] is "error" or "warning" or "assert")
            || (name == "Log.entryAdded" && (string?)details["entry"]?["level"] is "error" or "warning");
        if (complains) Complaints.Add(details.ToJsonString());
    }

    [GeneratedRegex(@"DevTools listening on ws://127\.0\.0\.1:(?<port>\d+)/")]
    private static partial Regex Listening();
}

/// <summary>A test that needs a browser, and is skipped with the reason where none is installed.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    /// <summary>Looks for the browser.</summary>
    public BrowserFactAttribute() => Skip = Browser.WhyNot;
}

/// <summary>A theory that needs a browser, and is skipped with the reason where none is installed.</summary>
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    /// <summary>Looks for the browser.</summary>
    public BrowserTheoryAttribute() => Skip = Browser.WhyNot;
}
