package io.librarysync.insight;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Two sums of {@link Figures} and how they relate: {@code =} always equal, {@code =q} equal once all is quiet, {@code <=},
 * {@code >=}. What is printed is what is computed.
 */
record Formula(String text, List<String> left, Relation relation, List<String> right) {
    private static final Pattern SIDES = Pattern.compile("(.+?) (=q|=|<=|>=) (.+)");
    private static final Pattern PLUS = Pattern.compile(" \\+ ");

    /** How two sides relate. */
    enum Relation {
        EQUAL("="),
        EQUAL_WHEN_QUIET("=q"),
        AT_MOST("<="),
        AT_LEAST(">=");

        private final String sign;

        Relation(String sign) {
            this.sign = sign;
        }

        boolean holds(long left, long right) {
            return switch (this) {
                case EQUAL, EQUAL_WHEN_QUIET -> left == right;
                case AT_MOST -> left <= right;
                case AT_LEAST -> left >= right;
            };
        }

        static Relation of(String sign) {
            for (Relation relation : values()) {
                if (relation.sign.equals(sign)) {
                    return relation;
                }
            }
            throw new IllegalArgumentException("no relation is written " + sign);
        }
    }

    /** One side: its terms, and their values in the same order. */
    record Sum(List<Long> parts) {
        Sum {
            parts = List.copyOf(parts);
        }

        long total() {
            return parts.stream().mapToLong(Long::longValue).sum();
        }

        Sum plus(Sum other) {
            List<Long> sums = new ArrayList<>();
            for (int i = 0; i < parts.size(); i++) {
                sums.add(parts.get(i) + other.parts.get(i));
            }
            return new Sum(sums);
        }

        String text() {
            String terms = parts.stream().map(Sum::number).collect(Collectors.joining(" + "));
            return parts.size() == 1 ? terms : terms + " = " + number(total());
        }

        private static String number(long number) {
            return String.format(Locale.ROOT, "%,d", number);
        }
    }

    Formula {
        left = List.copyOf(left);
        right = List.copyOf(right);
    }

    static Formula parse(String text) {
        Matcher sides = SIDES.matcher(text);
        if (!sides.matches()) {
            throw new IllegalArgumentException("not a formula: " + text);
        }
        return new Formula(text, terms(sides.group(1)), Relation.of(sides.group(2)), terms(sides.group(3)));
    }

    private static List<String> terms(String side) {
        return PLUS.splitAsStream(side).toList();
    }

    /** The same with other terms: {@code label} for {@code *}. */
    Formula at(String label) {
        return parse(text.replace("*", label));
    }

    /** The left side; empty if one of its terms is not there. */
    Optional<Sum> left(Figures figures) {
        return sum(left, figures);
    }

    Optional<Sum> right(Figures figures) {
        return sum(right, figures);
    }

    /** Both sides of one snapshot. */
    Optional<Sides> sides(Figures figures) {
        return left(figures).flatMap(l -> right(figures).map(r -> new Sides(l, r)));
    }

    /** Both sides, with their values. */
    record Sides(Sum left, Sum right) {
        long difference() {
            return left.total() - right.total();
        }
    }

    boolean holds(Sides sides) {
        return relation.holds(sides.left().total(), sides.right().total());
    }

    private static Optional<Sum> sum(List<String> terms, Figures figures) {
        List<Long> parts = new ArrayList<>();
        for (String term : terms) {
            OptionalLong value = figures.number(term);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            parts.add(value.getAsLong());
        }
        return Optional.of(new Sum(parts));
    }
}
