using FluentAssertions;
using Vae.Data;
using Xunit;

namespace Vae.Tests.Data;

public class FeatureLayoutTests
{
    [Fact]
    public void Groups_lie_one_behind_the_other_and_conditions_last()
    {
        var layout = TestLayouts.Conditional;
        layout.SlotCount.Should().Be(8);
        layout.ConditionSlotCount.Should().Be(5);
        layout.RowWidth.Should().Be(13);
        layout.Groups.Select(group => (group.Name, group.Start, group.Length))
            .Should().Equal(("size", 0, 3), ("colour", 3, 4), ("wet", 7, 1));
        layout.Conditions.Select(group => (group.Name, group.Start, group.End))
            .Should().Equal(("age", 8, 9), ("member", 9, 10), ("region", 10, 13));
        layout.GetSlotName(2).Should().Be("size2");
        layout.GetSlotName(5).Should().Be("blue");
        layout.GetGroup(12).Name.Should().Be("region");
        layout.Invoking(it => it.GetGroup(13)).Should().Throw<ArgumentOutOfRangeException>();
        layout.Invoking(it => it.GetGroup(-1)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Layouts_are_equal_if_names_kinds_and_lengths_are()
    {
        static FeatureLayout Build(string name, string last) => new FeatureLayoutBuilder().Numeric(name, 2).OneHot("c", "x", last).Build();
        Build("a", "y").Should().Be(Build("a", "y"));
        Build("a", "y").GetHashCode().Should().Be(Build("a", "y").GetHashCode());
        Build("a", "y").Should().NotBe(Build("b", "y")).And.NotBe(Build("a", "z"));
        Equals(Build("a", "y").Groups[0], Build("a", "y").Groups[0]).Should().BeTrue();
        Equals(Build("a", "y").Groups[0], Build("b", "y").Groups[0]).Should().BeFalse();
        new FeatureLayoutBuilder().Numeric("a").Conditions().Binary("b").Build()
            .Should().NotBe(new FeatureLayoutBuilder().Numeric("a").Binary("b").Build());
    }

    [Fact]
    public void A_name_with_half_of_a_surrogate_pair_is_refused_by_the_name_of_its_group()
    {
        foreach (string name in new[] { "\ud83d", "a\ude00b", "\ude00\ud83d" })
        {
            var slot = () => new FeatureLayoutBuilder().Numeric("size", ["height", name]);
            slot.Should().Throw<ArgumentException>().WithMessage($"*'{name}' of slot 1 of the group 'size'*surrogate*");
            var group = () => new FeatureLayoutBuilder().Binary(name, ["yes"]);
            group.Should().Throw<ArgumentException>().WithMessage($"*group '{name}'*surrogate*");
            var condition = () => new FeatureLayoutBuilder().Numeric("size").Conditions().OneHot("colour", "red", name);
            condition.Should().Throw<ArgumentException>().WithMessage("*slot 1 of the group 'colour'*");
        }

        new FeatureLayoutBuilder().Numeric("\ud83d\ude00").Build().GetSlotName(0).Should().Be("\ud83d\ude00");
    }

    [Fact]
    public void A_layout_without_slots_is_refused()
    {
        var nothing = () => new FeatureLayoutBuilder().Build();
        nothing.Should().Throw<InvalidOperationException>();
        var conditions = () => new FeatureLayoutBuilder().Conditions().Numeric("a").Build();
        conditions.Should().Throw<InvalidOperationException>();
        var empty = () => new FeatureLayoutBuilder().OneHot("colour");
        empty.Should().Throw<ArgumentException>().WithMessage("*colour*");
        var none = () => new FeatureLayoutBuilder().Numeric("a", 0);
        none.Should().Throw<ArgumentOutOfRangeException>();
        var unnamed = () => new FeatureLayoutBuilder().Numeric("");
        unnamed.Should().Throw<ArgumentException>();
    }
}
