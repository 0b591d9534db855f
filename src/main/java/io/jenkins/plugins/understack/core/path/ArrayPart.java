package io.jenkins.plugins.understack.core.path;

/**
 * The first part of a path that is read in an array: an index, {@code #}, or a query.
 *
 * @param text the part as it is written; escapes mean nothing here
 * @param isHash whether it has a {@code #}, so that it is no index
 * @param each for {@code #.rest}: what is read of each element, else null
 * @param query for {@code #(…)}, else null
 * @param all for {@code #(…)#}
 * @param rest the path below, or null when this is the last part
 * @param pipe the path that is applied to the result, or null
 */
record ArrayPart(String text, boolean isHash, String each, Query query, boolean all, String rest, String pipe) {
    static ArrayPart parse(String path) {
        boolean hash = false;
        String each = null;
        Query query = null;
        boolean all = false;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '|') {
                return new ArrayPart(path.substring(0, i), hash, each, query, all, null, path.substring(i + 1));
            }
            if (c == '.') {
                String rest = path.substring(i + 1);
                boolean piped = !hash && Modifier.startsHere(rest);
                return new ArrayPart(
                        path.substring(0, i), hash, each, query, all, piped ? null : rest, piped ? rest : null);
            }
            if (c == '#') {
                hash = true;
                if (i == 0 && path.startsWith("#.")) {
                    each = path.substring(2);
                } else if (i == 0 && (path.startsWith("#(") || path.startsWith("#["))) {
                    query = Query.parse(path);
                    if (query != null) {
                        i = query.end() - 1;
                        all = path.startsWith("#", i + 1);
                    }
                }
            }
        }
        return new ArrayPart(path, hash, each, query, all, null, null);
    }

    /** -1 where the part is no number. */
    int index() {
        if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        return Integer.parseInt(text);
    }
}
