using System.Reflection;
using FluentAssertions;
using Microsoft.ML.SearchSpace;
using Vae.Options;
using Xunit;

namespace Vae.MLNet.Tests;

public sealed class SearchOptionsTests
{
    /// <summary>The properties that AutoML's SearchSpace reads, with the one attribute that it allows each.</summary>
    private static readonly (PropertyInfo Property, Attribute Attribute)[] Searched =
    [
        .. typeof(VaeSearchOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => (property, property.GetCustomAttributes(false).OfType<Attribute>()
                .Single(attribute => attribute.GetType().Namespace == typeof(RangeAttribute).Namespace))),
    ];

    [Fact]
    public void Every_option_can_be_read_by_AutoML()
    {
        Searched.Should().HaveCount(6);
        foreach (var (property, attribute) in Searched)
        {
            property.CanWrite.Should().BeTrue("AutoML sets it from JSON");
            if (attribute is RangeAttribute range)
                new[] { range.Min, range.Max, range.Init }.Should().OnlyContain(bound => bound.GetType() == property.PropertyType);
            else
                Choices(attribute).Should().OnlyContain(choice => choice.GetType() == property.PropertyType).And.OnlyHaveUniqueItems();
        }
    }

    [Fact]
    public void The_default_of_each_attribute_is_that_of_the_property_and_that_of_the_model()
    {
        var defaults = new VaeSearchOptions();
        foreach (var (property, attribute) in Searched)
        {
            object? start = (attribute as RangeAttribute)?.Init ?? (attribute as ChoiceAttribute)?.DefaultValue ?? Choices(attribute)[0];
            start.Should().Be(property.GetValue(defaults), property.Name);
        }

        defaults.ToModelOptions().Should().Be(new VaeOptions());
    }

    [Fact]
    public void The_ends_of_every_range_and_every_choice_can_be_trained()
    {
        foreach (var (property, attribute) in Searched)
        {
            foreach (object value in attribute is RangeAttribute range ? [range.Min, range.Max] : Choices(attribute))
            {
                var options = new VaeSearchOptions();
                property.SetValue(options, value);
                options.ToModelOptions().Invoking(model => model.Validate()).Should().NotThrow($"{property.Name} may be {value}");
                if (!value.Equals(property.GetValue(new VaeSearchOptions())))
                    options.ToModelOptions().Should().NotBe(new VaeOptions(), $"{property.Name} {value} changes something");
            }
        }
    }

    [Fact]
    public void A_logarithmic_range_is_above_zero() => Searched.Select(searched => searched.Attribute).OfType<RangeAttribute>()
        .Where(range => range.LogBase).Should().ContainSingle().And.OnlyContain(range => Convert.ToDouble(range.Min) > 0);

    [Fact]
    public void An_estimator_has_the_columns_and_the_values()
    {
        var search = new VaeSearchOptions { LatentDimension = 3, Width = 32, NoiseScale = SearchedNoiseScale.Computed };
        var options = search.ToOptions("Out", "In");

        (options.OutputColumnName, options.InputColumnNames[0]).Should().Be(("Out", "In"));
        options.Model.HiddenLayers.Should().Equal(32, 32, 16);
        options.Model.NoiseScale.Should().Be(NoiseScaleOptions.Computed());
        new VaeSearchOptions().ToModelOptions(VaeOptions.ForSynthesis).MixtureComponents.Should().Be(16, "that is the template's");
    }

    private static object[] Choices(Attribute attribute) => ((ChoiceAttribute)attribute).Candidates;
}
