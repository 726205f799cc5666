package dev.gearshift.executors;

/** A program for {@link EnvironmentTests}: says what it would choose and how it would open it. */
final class PrintsItsChoice {
    private PrintsItsChoice() {}

    public static void main(String[] args) {
        try {
            StrategyChoice choice =
                    args.length == 0 ? ConcurrencyStrategies.choose() : ConcurrencyStrategies.chooseOr(args[0]);
            StrategySettings settings = StrategySettings.defaults();
            System.out.println(choice.strategy().id() + " " + choice.chosenBy() + " " + choice.said());
            System.out.println(settings.parallelism() + " " + settings.checkPortable());
        } catch (StrategySelectionException | IllegalArgumentException e) {
            System.out.println(e.getMessage());
        }
    }
}
