package io.librarysync.store;

/** Questions to the tree of entries. */
final class EntrySql {
    /** Ends the climb where entries are each other's parents; longer than the paths of any file system. */
    private static final int LONGEST_PATH = 32_768;

    private static final String KNOWN = "SELECT e.uuid, e.name, e.kind, e.size, e.modified_at, e.file_key,"
            + " (SELECT c.uuid FROM content_identities c WHERE c.id = e.content_identity_id)"
            + " FROM entries e WHERE e.location_id = (SELECT id FROM locations WHERE uuid = ?) AND e.parent_id ";

    static final String ROOTS = KNOWN + "IS NULL";

    static final String CHILDREN = KNOWN + "= (SELECT id FROM entries WHERE uuid = ?)";

    static final String SEARCH = found(FoldedContains.NAME + "(name, ?)") + " LIMIT ?";

    static final String PLACE = found("uuid = ?");

    static final String WITH_FILE_KEY =
            found("location_id = (SELECT id FROM locations WHERE uuid = ?) AND file_key = ?");

    /** Climbs from each moved entry, of which there are few, unless nothing at all is below the one asked for. */
    static final String MOVED_BELOW = "WITH RECURSIVE climb(id, above) AS ("
            + "SELECT m.entry_id, e.parent_id FROM moved_entries m JOIN entries e ON e.id = m.entry_id"
            + " WHERE EXISTS (SELECT 1 FROM entries WHERE parent_id = (SELECT id FROM entries WHERE uuid = ?))"
            + " UNION SELECT c.id, e.parent_id FROM climb c JOIN entries e ON e.id = c.above)"
            + " SELECT e.uuid FROM climb c JOIN entries e ON e.id = c.id"
            + " WHERE c.above = (SELECT id FROM entries WHERE uuid = ?) ORDER BY e.uuid";

    private EntrySql() {}

    /** Climbs from each hit to the root entry, whose name is not part of the path: the location's path stands for it. */
    private static String found(String condition) {
        return "WITH RECURSIVE climb(uuid, owner, location_id, parent_id, path) AS ("
                + "SELECT uuid, owner, location_id, parent_id, CASE WHEN parent_id IS NULL THEN '' ELSE '/' || name END"
                + " FROM entries WHERE " + condition
                + " UNION ALL SELECT c.uuid, c.owner, c.location_id, e.parent_id,"
                + " CASE WHEN e.parent_id IS NULL THEN c.path ELSE '/' || e.name || c.path END"
                + " FROM climb c JOIN entries e ON e.id = c.parent_id AND length(c.path) < " + LONGEST_PATH + ")"
                + " SELECT c.uuid, c.owner, CASE c.path WHEN '' THEN l.path ELSE rtrim(l.path, '/') || c.path END AS found"
                + " FROM climb c JOIN locations l ON l.id = c.location_id WHERE c.parent_id IS NULL"
                + " ORDER BY found, c.uuid";
    }
}
