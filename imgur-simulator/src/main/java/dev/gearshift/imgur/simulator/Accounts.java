package dev.gearshift.imgur.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Those who submitted the gallery, and those who signed in; the first of these are forgotten for new ones. Thread-safe. */
final class Accounts {

    /** How many submitted the gallery. */
    static final int RESIDENTS = 40;

    private static final int MAX_GUESTS = 1000;
    private static final int FIRST_RESIDENT = 8_000_000;
    private static final int FIRST_GUEST = 9_000_000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]{4,63}");

    private final Map<String, Account> residents = new LinkedHashMap<>();
    private final Map<String, Account> guests = new LinkedHashMap<>();
    private int guestsSeen;

    Accounts() {
        for (int i = 0; i < RESIDENTS; i++) {
            residents.put(resident(i).name(), resident(i));
        }
    }

    /** Who submitted the entry with this index. */
    static Account resident(int index) {
        int number = index % RESIDENTS;
        return new Account("someone" + number, FIRST_RESIDENT + number);
    }

    /** The account of that name, or null. */
    synchronized @Nullable Account find(String name) {
        Account resident = residents.get(name);
        return resident == null ? guests.get(name) : resident;
    }

    synchronized @Nullable Account find(int id) {
        List<Account> all = new ArrayList<>(residents.values());
        all.addAll(guests.values());
        return all.stream().filter(account -> account.id() == id).findFirst().orElse(null);
    }

    /** The account of that name, made if there is none; null if there can be none of that name. */
    synchronized @Nullable Account signedIn(String name) {
        Account known = find(name);
        if (known != null || !NAME.matcher(name).matches()) {
            return known;
        }
        if (guests.size() == MAX_GUESTS) {
            guests.remove(guests.keySet().iterator().next());
        }
        Account guest = new Account(name, FIRST_GUEST + guestsSeen++);
        guests.put(name, guest);
        return guest;
    }

    /** The index of a resident; null for a guest. */
    static @Nullable Integer residentNumber(Account account) {
        int number = account.id() - FIRST_RESIDENT;
        return number >= 0 && number < RESIDENTS ? number : null;
    }
}
