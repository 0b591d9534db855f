package io.jenkins.plugins.understack.core.redfish.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Locale;

/** Whom UnderStack knows. */
enum Vendor {
    DELL("Dell", "iDRAC"),
    HP("HP", "iLO"),
    OTHER(null, "BMC");

    private final String manufacturer;
    private final String bmc;

    Vendor(String manufacturer, String bmc) {
        this.manufacturer = manufacturer;
        this.bmc = bmc;
    }

    /** By the name of a company, or a key of {@code Oem}; null is nobody's. */
    static Vendor named(String text) {
        String upper = text == null ? "" : text.toUpperCase(Locale.ROOT);
        return upper.contains("DELL") ? DELL : upper.contains("HP") ? HP : OTHER;
    }

    /** Whose extensions a system has: the first key of {@code Oem}. */
    static Vendor ofExtensions(JsonNode system) {
        Iterator<String> keys = system.path("Oem").fieldNames();
        return named(keys.hasNext() ? keys.next() : null);
    }

    /** The one name for {@code told}, which stays as it is where it is of another vendor. */
    static String manufacturer(String told) {
        Vendor vendor = named(told);
        return vendor == OTHER ? told : vendor.manufacturer;
    }

    /** What the BMC's interface is called in Nautobot. */
    String bmc() {
        return bmc;
    }
}
