namespace CreditWorkbench.Web.Components.Pages.Build.Scorecards;

/// <summary>Texts that were typed one after the other; a bounded number of steps back.</summary>
/// <param name="first">The text at the start.</param>
public sealed class TextHistory(string first)
{
    private const int MostSteps = 100;
    private const long MostCharacters = 10_000_000;
    private readonly List<string> _texts = [first];
    private int _at;

    /// <summary>The text as it stands.</summary>
    public string Text => _texts[_at];

    /// <summary>Whether there is a step back.</summary>
    public bool CanUndo => _at > 0;

    /// <summary>Whether a step back can be taken again.</summary>
    public bool CanRedo => _at < _texts.Count - 1;

    /// <summary>Takes a new text; what was undone is forgotten.</summary>
    public void Add(string text)
    {
        if (text == Text) return;
        _texts.RemoveRange(_at + 1, _texts.Count - _at - 1);
        _texts.Add(text);
        while (_texts.Count > MostSteps || (_texts.Count > 2 && _texts.Sum(one => (long)one.Length) > MostCharacters)) _texts.RemoveAt(0);
        _at = _texts.Count - 1;
    }

    /// <summary>One step back; the text stays where there is none.</summary>
    public string Undo() => _texts[_at = Math.Max(0, _at - 1)];

    /// <summary>One step forward again; the text stays where there is none.</summary>
    public string Redo() => _texts[_at = Math.Min(_texts.Count - 1, _at + 1)];
}
