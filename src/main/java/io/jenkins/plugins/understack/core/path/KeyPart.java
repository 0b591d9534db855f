package io.jenkins.plugins.understack.core.path;

/**
 * The first part of a path that is read in an object.
 *
 * @param key the key, without escapes
 * @param wild whether {@code *} and {@code ?} in the key stand for other characters
 * @param rest the path below that key, or null when this is the last part
 * @param pipe the path that is applied to the result, or null
 */
record KeyPart(String key, boolean wild, String rest, String pipe) {
    static KeyPart parse(String path) {
        StringBuilder key = new StringBuilder();
        boolean wild = false;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '\\') {
                if (++i < path.length()) {
                    key.append(path.charAt(i));
                }
            } else if (c == '|') {
                return new KeyPart(key.toString(), wild, null, path.substring(i + 1));
            } else if (c == '.') {
                String rest = path.substring(i + 1);
                return Modifier.startsHere(rest)
                        ? new KeyPart(key.toString(), wild, null, rest)
                        : new KeyPart(key.toString(), wild, rest, null);
            } else {
                wild |= c == '*' || c == '?';
                key.append(c);
            }
        }
        return new KeyPart(key.toString(), wild, null, null);
    }

    boolean matches(String name) {
        return wild ? Wildcard.matches(name, key) : name.equals(key);
    }
}
