package io.jenkins.plugins.understack.workbench.argo.gotemplate;

import io.jenkins.plugins.understack.workbench.argo.gotemplate.TemplateLexer.Kind;
import io.jenkins.plugins.understack.workbench.argo.gotemplate.TemplateLexer.Token;
import io.jenkins.plugins.understack.workbench.argo.translate.UntranslatableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Texts, actions and blocks of a template. */
final class TemplateParser {
    private static final int MAX_DEPTH = 50;
    private static final Set<String> REFUSED = Set.of("break", "continue", "define", "template", "block");

    private final TemplateLexer lexer;
    private int depth;
    /** The {@code else} or {@code end} that ended the last list of parts; null for the end of the template. */
    private Token closer;

    TemplateParser(String text) {
        lexer = new TemplateLexer(text);
    }

    List<Part> parse() throws UntranslatableException {
        List<Part> parts = parts();
        if (closer != null) {
            throw lexer.wrong(closer.position(), "{{ " + closer.text() + " }} ends nothing");
        }
        return parts;
    }

    private List<Part> parts() throws UntranslatableException {
        List<Part> parts = new ArrayList<>();
        while (true) {
            String text = lexer.plain();
            if (!text.isEmpty()) {
                parts.add(new Part.Text(text));
            }
            if (lexer.atEnd()) {
                closer = null;
                return parts;
            }
            if (lexer.comment()) {
                continue;
            }
            Token first = lexer.token();
            if (first.kind() == Kind.NAME && (first.text().equals("end") || first.text().equals("else"))) {
                closer = first;
                return parts;
            }
            parts.add(action(first));
        }
    }

    private Part action(Token first) throws UntranslatableException {
        if (first.kind() == Kind.NAME && REFUSED.contains(first.text())) {
            throw lexer.wrong(first.position(), first.text() + " is not translated; write the whole as one template, or in jq");
        }
        if (first.kind() == Kind.NAME && Set.of("if", "with", "range").contains(first.text())) {
            return block(first);
        }
        PipelineParser pipeline = new PipelineParser(lexer, first);
        if (first.kind() == Kind.VARIABLE) {
            Token second = pipeline.advance();
            if (second.text().equals(":=") && second.kind() == Kind.SYMBOL) {
                pipeline.advance();
                return new Part.Declare(first.text(), pipeline.toEnd());
            }
            if (second.text().equals("=") && second.kind() == Kind.SYMBOL) {
                throw lexer.wrong(second.position(), "assigning to a variable is not translated; declare one, or write it in jq");
            }
            pipeline.startWith(first);
        }
        return new Part.Print(pipeline.toEnd());
    }

    private Part block(Token keyword) throws UntranslatableException {
        if (++depth > MAX_DEPTH) {
            throw lexer.wrong(keyword.position(), "the blocks are nested too deeply");
        }
        Part part = keyword.text().equals("range") ? range() : choose(keyword.text().equals("with"));
        depth--;
        return part;
    }

    private Part choose(boolean with) throws UntranslatableException {
        Value condition = new PipelineParser(lexer, lexer.token()).toEnd();
        List<Part> then = parts();
        return new Part.Choose(with, condition, then, otherwise());
    }

    private Part range() throws UntranslatableException {
        Token first = lexer.token();
        PipelineParser pipeline = new PipelineParser(lexer, first);
        String index = null;
        String element = null;
        if (first.kind() == Kind.VARIABLE) {
            Token second = pipeline.advance();
            if (second.kind() == Kind.SYMBOL && second.text().equals(",")) {
                index = first.text();
                element = pipeline.advance().text();
                second = pipeline.advance();
            } else {
                element = first.text();
            }
            if (second.kind() == Kind.SYMBOL && second.text().equals(":=")) {
                pipeline.advance();
            } else if (index != null) {
                throw lexer.wrong(second.position(), "expected := behind the variables of range");
            } else {
                element = null;
                pipeline.startWith(first);
            }
        }
        Value list = pipeline.toEnd();
        List<Part> body = parts();
        return new Part.Range(index, element, list, body, otherwise());
    }

    /** What follows up to {@code end}; {@code else if} is a block of its own. */
    private List<Part> otherwise() throws UntranslatableException {
        if (closer == null) {
            throw lexer.wrong(lexer.position(), "a block does not end; expected {{ end }}");
        }
        Token token = lexer.token();
        if (closer.text().equals("end")) {
            expectEnd(token);
            return List.of();
        }
        if (token.kind() == Kind.NAME && (token.text().equals("if") || token.text().equals("with"))) {
            return List.of(block(token));
        }
        expectEnd(token);
        List<Part> parts = parts();
        if (closer == null || !closer.text().equals("end")) {
            throw lexer.wrong(lexer.position(), "expected {{ end }} behind {{ else }}");
        }
        expectEnd(lexer.token());
        return parts;
    }

    private void expectEnd(Token token) throws UntranslatableException {
        if (token.kind() != Kind.END) {
            throw lexer.wrong(token.position(), "expected }}");
        }
    }
}
