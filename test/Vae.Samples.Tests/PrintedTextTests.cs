using FluentAssertions;
using Xunit;

namespace Vae.Samples.Tests;

public class PrintedTextTests
{
    [Theory]
    [InlineData("AUC      0.98", "AUC      0.95")]
    [InlineData("36 of 48 anomalies", "33 of 48 anomalies")]
    [InlineData("error    103.5", "error     98.0")]
    [InlineData("two\nlines", "two\r\nlines\r\n")]
    public void What_another_processor_may_print_is_no_difference(string page, string printed) =>
        PrintedText.Difference(page, printed).Should().BeNull();

    [Theory]
    [InlineData("AUC 0.98", "AUC 0.71")]
    [InlineData("accuracy 97%", "accuracy 60%")]
    [InlineData("the same: True", "the same: False")]
    [InlineData("Age is 3.5", "Amount is 3.5")]
    [InlineData("one line", "one line\nand another")]
    public void Other_words_and_figures_are_a_difference(string page, string printed) =>
        PrintedText.Difference(page, printed).Should().NotBeNull();
}
